/** The places of the rail, each with the permission that draws it and its key (UI §3). */
import {
  IconAddressBook,
  IconBook2,
  IconBrandWhatsapp,
  IconCalendar,
  IconDeviceMobile,
  IconHistory,
  IconLayoutKanban,
  IconMessages,
  IconPlug,
  IconSettings,
  IconSparkles,
  IconSpeakerphone,
  IconTemplate,
  IconTestPipe,
  IconUserCheck,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import { can, type Me } from '@/lib/session/session';

export interface Place {
  readonly key:
    | 'inbox'
    | 'leads'
    | 'pipeline'
    | 'clients'
    | 'agenda'
    | 'sellers'
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
    | 'simulator';
  readonly to:
    | '/inbox'
    | '/leads'
    | '/pipeline'
    | '/clients'
    | '/calendar'
    | '/sellers'
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
    | '/simulator';
  /** The right that draws it; without one, everybody in a demo company has it. */
  readonly permission?: string;
  readonly shortcut: string;
  readonly icon: Icon;
}

export const PLACES: readonly Place[] = [
  { key: 'inbox', to: '/inbox', permission: 'conversations.read', shortcut: 'g c', icon: IconMessages },
  { key: 'leads', to: '/leads', permission: 'leads.read', shortcut: 'g l', icon: IconAddressBook },
  { key: 'pipeline', to: '/pipeline', permission: 'pipeline.read', shortcut: 'g e', icon: IconLayoutKanban },
  { key: 'agenda', to: '/calendar', permission: 'agenda.read', shortcut: 'g a', icon: IconCalendar },
  { key: 'clients', to: '/clients', permission: 'clients.read', shortcut: 'g k', icon: IconUsersGroup },
  { key: 'sellers', to: '/sellers', permission: 'sellers.read', shortcut: 'g v', icon: IconUserCheck },
  { key: 'agent', to: '/studio', permission: 'agent.read', shortcut: 'g i', icon: IconSparkles },
  { key: 'templates', to: '/templates', permission: 'templates.read', shortcut: 'g t', icon: IconTemplate },
  { key: 'broadcasts', to: '/broadcasts', permission: 'broadcasts.read', shortcut: 'g d', icon: IconSpeakerphone },
  { key: 'knowledge', to: '/knowledge', permission: 'knowledge.read', shortcut: 'g o', icon: IconBook2 },
  { key: 'team', to: '/people', permission: 'users.read', shortcut: 'g p', icon: IconUsers },
  { key: 'channels', to: '/channels', permission: 'settings.read', shortcut: 'g w', icon: IconBrandWhatsapp },
  { key: 'integrations', to: '/integrations', permission: 'vault.read', shortcut: 'g n', icon: IconPlug },
  { key: 'evaluation', to: '/evaluation', permission: 'agent.read', shortcut: 'g r', icon: IconTestPipe },
  { key: 'audit', to: '/audit', permission: 'audit.read', shortcut: 'g u', icon: IconHistory },
  { key: 'settings', to: '/settings', permission: 'settings.read', shortcut: 'g j', icon: IconSettings },
  { key: 'simulator', to: '/simulator', shortcut: 'g s', icon: IconDeviceMobile },
];

export function placesOf(me: Me): readonly Place[] {
  return PLACES.filter(({ permission }) => (permission ? can(me, permission) : me.tenant.mode === 'demo'));
}

/** Whether the role may see nothing at this address: somebody came by a link or a bookmark of another role. */
export function isShut(me: Me, path: string): boolean {
  const place = PLACES.find(({ to }) => path === to || path.startsWith(`${to}/`));
  return place?.permission !== undefined && !can(me, place.permission);
}

/** How many places the bar of a phone holds beside «Más». */
export const BAR = 4;

/** Those that the bar of a phone has no room for. */
export function placesBeyondBar(places: readonly Place[]): readonly Place[] {
  return places.slice(BAR);
}
