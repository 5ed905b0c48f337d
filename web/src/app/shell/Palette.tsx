/** The command palette: what to do here, where to go, whom to open, what to make, each with its key. Its code comes with its first use. */
import '@mantine/spotlight/styles.css';
import { Kbd } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconCalendarCog, IconFileImport, IconRocket, IconKey, IconShieldLock, IconMessage2Bolt, IconSearch, IconUser } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBackCloses } from '@/lib/history/back';
import { CREATE } from '@/lib/history/create';
import { useShortcuts } from '@/lib/keys/keys';
import { can, useMe } from '@/lib/session/session';
import { bringBack } from '@/lib/setup';
import { leadReach } from '@/lib/leads/name';
import { madeBy } from './making';
import { matching } from './matching';
import type { Place } from './places';
import styles from './Shell.module.css';
import { usePeople } from './usePeople';

interface Props {
  readonly places: readonly Place[];
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

/** Pages that the rail has no room for; others link to them. */
const BESIDE = [
  { key: 'calendars', to: '/calendars', permission: 'agenda.read', icon: IconCalendarCog },
  { key: 'replies', to: '/replies', permission: 'conversations.read', icon: IconMessage2Bolt },
  { key: 'imports', to: '/imports', permission: 'leads.import', icon: IconFileImport },
  { key: 'apiKeys', to: '/keys', permission: 'api_keys.read', icon: IconKey },
  { key: 'privacy', to: '/privacy', permission: 'privacy.erase', icon: IconShieldLock },
] as const;

/** The library tells of a closing only where its store had opened. */
const [store, { open, close }] = createSpotlight();

export default function Palette({ places, onClose, onHelp }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, close);
  useEffect(() => {
    open();
    return close;
  }, []);
  const navigate = useNavigate();
  const me = useMe();
  const [typed, setTyped] = useState('');
  const { people, asking } = usePeople(typed, can(me, 'leads.read'));
  const here = useShortcuts().filter(({ keys }) => !keys.includes(' ') && keys.length === 1 && !'jk?'.includes(keys));
  const shownKey = (keys: string) => <Kbd size="xs">{keys.toUpperCase()}</Kbd>;
  const acts: SpotlightActionGroupData[] = [
    {
      group: t('palette.here'),
      actions: here.map(
        ({ keys, label, run }): SpotlightActionData => ({ id: `here ${keys}`, label, onClick: run, rightSection: shownKey(keys) }),
      ),
    },
    {
      group: t('palette.goTo'),
      actions: places.map(
        ({ key, to, shortcut, icon: PlaceIcon }): SpotlightActionData => ({
          id: key,
          label: t(`place.${key}`),
          leftSection: <PlaceIcon size={18} aria-hidden />,
          rightSection: shownKey(shortcut),
          onClick: () => void navigate({ to }),
        }),
      ).concat(
        BESIDE.filter(({ permission }) => can(me, permission)).map(({ key, to, icon: PlaceIcon }) => ({
          id: key,
          label: t(`palette.beside.${key}`),
          leftSection: <PlaceIcon size={18} aria-hidden />,
          onClick: () => void navigate({ to }),
        })),
        can(me, 'reports.read')
          ? {
              id: 'setup',
              label: t('palette.beside.setup'),
              leftSection: <IconRocket size={18} aria-hidden />,
              onClick: () => {
                bringBack();
                void navigate({ to: '/' });
              },
            }
          : [],
      ),
    },
    {
      group: t('palette.make'),
      actions: madeBy(me).map(
        ({ key, to, icon: MadeIcon }): SpotlightActionData => ({
          id: `make ${key}`,
          label: t(`palette.made.${key}`),
          leftSection: <MadeIcon size={18} aria-hidden />,
          onClick: () => void navigate({ to, ...CREATE }),
        }),
      ),
    },
  ];
  const found: SpotlightActionGroupData = {
    group: t('palette.people'),
    actions: people.map((person): SpotlightActionData => {
      const reach = [leadReach(person), person.email].filter(Boolean).join(' · ');
      return {
        id: `lead ${person.id}`,
        label: person.full_name ?? (reach || t('palette.nameless')),
        ...(person.full_name && reach && { description: reach }),
        leftSection: <IconUser size={18} aria-hidden />,
        onClick: () => void navigate({ to: '/leads/$leadId', params: { leadId: person.id } }),
      };
    }),
  };
  const more: SpotlightActionGroupData = {
    group: t('palette.more'),
    actions: [{ id: 'help', label: t('keys.help'), onClick: onHelp, rightSection: shownKey('?') }],
  };
  return (
    <Spotlight
      store={store}
      shortcut={null}
      query={typed}
      onQueryChange={setTyped}
      // The server has found the people by what the rows may not show; only the rest is narrowed here.
      filter={(query) => [...matching(query, acts), found, ...matching(query, [more])].filter(({ actions }) => actions.length > 0)}
      actions={[...acts, found, more]}
      onSpotlightClose={onClose}
      title={t('search')}
      classNames={{ header: styles['unseen'] ?? '' }}
      scrollable
      maxHeight="60dvh"
      nothingFound={asking ? t('palette.asking') : t('palette.nothing')}
      searchProps={{ placeholder: t('palette.placeholder'), leftSection: <IconSearch size={18} aria-hidden />, 'aria-label': t('search') }}
    />
  );
}
