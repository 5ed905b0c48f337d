/** The command palette: where to go and what to do, each with its key. Its code comes with its first use. */
import '@mantine/spotlight/styles.css';
import { Kbd } from '@mantine/core';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '@/lib/keys/keys';
import type { Place } from './places';

interface Props {
  readonly places: readonly Place[];
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

export default function Palette({ places, onClose, onHelp }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const here = useShortcuts().filter(({ keys }) => !keys.includes(' ') && keys.length === 1 && !'jk?'.includes(keys));
  const shownKey = (keys: string) => <Kbd size="xs">{keys.toUpperCase()}</Kbd>;
  const groups: SpotlightActionGroupData[] = [
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
      ),
    },
    { group: t('palette.more'), actions: [{ id: 'help', label: t('keys.help'), onClick: onHelp, rightSection: shownKey('?') }] },
  ];
  return (
    <Spotlight
      forceOpened
      shortcut={null}
      actions={groups.filter(({ actions }) => actions.length > 0)}
      onSpotlightClose={onClose}
      nothingFound={t('palette.nothing')}
      searchProps={{ placeholder: t('search'), leftSection: <IconSearch size={18} aria-hidden />, 'aria-label': t('search') }}
    />
  );
}
