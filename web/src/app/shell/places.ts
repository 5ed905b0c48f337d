/** The places of the rail, each with the permission that draws it and its key (UI §3). */
import {
  IconAddressBook,
  IconBook2,
  IconBrandWhatsapp,
  IconCalendar,
  IconChecklist,
  IconDeviceMobile,
  IconForms,
  IconHistory,
  IconHome,
  IconLayoutKanban,
  IconMessages,
  IconPlug,
  IconReceipt2,
  IconSettings,
  IconSparkles,
  IconSpeakerphone,
  IconTemplate,
  IconTestPipe,
  IconUserCheck,
  IconUsers,
  IconUsersGroup,
  IconWebhook,
  type Icon,
} from '@tabler/icons-react';
import { can, type Me } from '@/lib/session/session';

const ALL = 'all';

export interface Place {
  readonly key:
    | 'home'
    | 'inbox'
    | 'leads'
    | 'pipeline'
    | 'clients'
    | 'tasks'
    | 'agenda'
    | 'sellers'
    | 'accounting'
    | 'agent'
    | 'templates'
    | 'broadcasts'
    | 'knowledge'
    | 'team'
    | 'channels'
    | 'integrations'
    | 'audit'
    | 'settings'
    | 'evaluation'
    | 'forms'
    | 'webhooks'
    | 'simulator';
  readonly to:
    | '/'
    | '/inbox'
    | '/leads'
    | '/pipeline'
    | '/clients'
    | '/tasks'
    | '/calendar'
    | '/sellers'
    | '/accounting'
    | '/studio'
    | '/templates'
    | '/broadcasts'
    | '/knowledge'
    | '/people'
    | '/channels'
    | '/integrations'
    | '/audit'
    | '/settings'
    | '/evaluation'
    | '/forms'
    | '/webhooks'
    | '/simulator';
  /** The right that draws it; without one, everybody in a demo company has it; `all`: everybody. */
  readonly permission?: string;
  readonly shortcut: string;
  readonly icon: Icon;
}

export const PLACES: readonly Place[] = [
  { key: 'home', to: '/', permission: ALL, shortcut: 'g i', icon: IconHome },
  { key: 'inbox', to: '/inbox', permission: 'conversations.read', shortcut: 'g c', icon: IconMessages },
  { key: 'leads', to: '/leads', permission: 'leads.read', shortcut: 'g l', icon: IconAddressBook },
  { key: 'pipeline', to: '/pipeline', permission: 'pipeline.read', shortcut: 'g e', icon: IconLayoutKanban },
  { key: 'agenda', to: '/calendar', permission: 'agenda.read', shortcut: 'g a', icon: IconCalendar },
  { key: 'tasks', to: '/tasks', permission: 'leads.read', shortcut: 'g q', icon: IconChecklist },
  { key: 'clients', to: '/clients', permission: 'clients.read', shortcut: 'g k', icon: IconUsersGroup },
  { key: 'sellers', to: '/sellers', permission: 'sellers.read', shortcut: 'g v', icon: IconUserCheck },
  { key: 'accounting', to: '/accounting', permission: 'transactions.read', shortcut: 'g m', icon: IconReceipt2 },
  { key: 'agent', to: '/studio', permission: 'agent.read', shortcut: 'g h', icon: IconSparkles },
  { key: 'templates', to: '/templates', permission: 'templates.read', shortcut: 'g t', icon: IconTemplate },
  { key: 'broadcasts', to: '/broadcasts', permission: 'broadcasts.read', shortcut: 'g d', icon: IconSpeakerphone },
  { key: 'knowledge', to: '/knowledge', permission: 'knowledge.read', shortcut: 'g o', icon: IconBook2 },
  { key: 'team', to: '/people', permission: 'users.read', shortcut: 'g p', icon: IconUsers },
  { key: 'channels', to: '/channels', permission: 'settings.read', shortcut: 'g w', icon: IconBrandWhatsapp },
  { key: 'integrations', to: '/integrations', permission: 'vault.read', shortcut: 'g n', icon: IconPlug },
  { key: 'forms', to: '/forms', permission: 'settings.read', shortcut: 'g f', icon: IconForms },
  { key: 'webhooks', to: '/webhooks', permission: 'webhooks.read', shortcut: 'g b', icon: IconWebhook },
  { key: 'evaluation', to: '/evaluation', permission: 'agent.read', shortcut: 'g r', icon: IconTestPipe },
  { key: 'audit', to: '/audit', permission: 'audit.read', shortcut: 'g u', icon: IconHistory },
  { key: 'settings', to: '/settings', permission: 'settings.read', shortcut: 'g j', icon: IconSettings },
  { key: 'simulator', to: '/simulator', shortcut: 'g s', icon: IconDeviceMobile },
];

export function placesOf(me: Me): readonly Place[] {
  return PLACES.filter(({ permission }) => (permission === ALL || (permission ? can(me, permission) : me.tenant.mode === 'demo')));
}

/** Without a place in the rail: reached from the settings and by the palette. */
const BESIDE: readonly { readonly to: string; readonly permission: string }[] = [{ to: '/keys', permission: 'api_keys.read' }];

/** Whether the role may see nothing at this address: somebody came by a link or a bookmark of another role. */
export function isShut(me: Me, path: string): boolean {
  const place = [...PLACES, ...BESIDE].find(({ to }) => path === to || path.startsWith(`${to}/`));
  return place?.permission !== undefined && place.permission !== ALL && !can(me, place.permission);
}

const BAR: ReadonlySet<Place['key']> = new Set(['home', 'inbox', 'leads', 'agenda']);

/** Whether the bar of a phone holds it beside «Más» (UI §3). */
export function isInBar({ key }: Place): boolean {
  return BAR.has(key);
}

/** Those that the bar of a phone has no room for. */
export function placesBeyondBar(places: readonly Place[]): readonly Place[] {
  return places.filter((place) => !isInBar(place));
}
