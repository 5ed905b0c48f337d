/** What the palette can make (UI §3, «Crear»), each by the page that has its form. Comes with the palette. */
import {
  IconAddressBook,
  IconBrandWhatsapp,
  IconCalendarPlus,
  IconMessage2Bolt,
  IconSpeakerphone,
  IconUserCheck,
  IconUserPlus,
  type Icon,
} from '@tabler/icons-react';
import { can, type Me } from '@/lib/session/session';

interface Made {
  readonly key: 'lead' | 'meeting' | 'reply' | 'broadcast' | 'seller' | 'invitation' | 'number';
  readonly to: '/leads' | '/calendar' | '/replies' | '/broadcasts' | '/sellers' | '/people' | '/channels';
  readonly permission: string;
  readonly icon: Icon;
}

export const MADE: readonly Made[] = [
  { key: 'lead', to: '/leads', permission: 'leads.write', icon: IconAddressBook },
  { key: 'meeting', to: '/calendar', permission: 'agenda.book', icon: IconCalendarPlus },
  { key: 'reply', to: '/replies', permission: 'conversations.write', icon: IconMessage2Bolt },
  { key: 'broadcast', to: '/broadcasts', permission: 'broadcasts.write', icon: IconSpeakerphone },
  { key: 'seller', to: '/sellers', permission: 'sellers.manage', icon: IconUserCheck },
  { key: 'invitation', to: '/people', permission: 'users.write', icon: IconUserPlus },
  { key: 'number', to: '/channels', permission: 'settings.write', icon: IconBrandWhatsapp },
];

export function madeBy(me: Me): readonly Made[] {
  return MADE.filter(({ permission }) => can(me, permission));
}
