/** The places of the rail, each with the permission that draws it and its key (UI §3). */
import { IconAddressBook, IconCalendar, IconLayoutKanban, IconMessages, type Icon } from '@tabler/icons-react';

export interface Place {
  readonly key: 'inbox' | 'leads' | 'pipeline' | 'agenda';
  readonly to: '/inbox' | '/leads' | '/pipeline' | '/calendar';
  readonly permission: string;
  readonly shortcut: string;
  readonly icon: Icon;
}

export const PLACES: readonly Place[] = [
  { key: 'inbox', to: '/inbox', permission: 'conversations.read', shortcut: 'g c', icon: IconMessages },
  { key: 'leads', to: '/leads', permission: 'leads.read', shortcut: 'g l', icon: IconAddressBook },
  { key: 'pipeline', to: '/pipeline', permission: 'pipeline.read', shortcut: 'g e', icon: IconLayoutKanban },
  { key: 'agenda', to: '/calendar', permission: 'agenda.read', shortcut: 'g a', icon: IconCalendar },
];
