/** The places of the rail, each with the permission that draws it and its key (UI §3). */
import { IconAddressBook, IconLayoutKanban, IconMessages, type Icon } from '@tabler/icons-react';

export interface Place {
  readonly key: 'inbox' | 'leads' | 'pipeline';
  readonly to: '/inbox' | '/leads' | '/pipeline';
  readonly permission: string;
  readonly shortcut: string;
  readonly icon: Icon;
}

export const PLACES: readonly Place[] = [
  { key: 'inbox', to: '/inbox', permission: 'conversations.read', shortcut: 'g c', icon: IconMessages },
  { key: 'leads', to: '/leads', permission: 'leads.read', shortcut: 'g l', icon: IconAddressBook },
  { key: 'pipeline', to: '/pipeline', permission: 'pipeline.read', shortcut: 'g e', icon: IconLayoutKanban },
];
