/** Company and role, search, and the menu of the person. */
import { ActionIcon, Button, Kbd, Menu } from '@mantine/core';
import { IconDevices, IconKeyboard, IconLogout, IconSearch, IconUserCircle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Bell } from '@/features/notifications/Bell';
import type { Me } from '@/lib/session/session';
import { leave } from './leave';
import { Preferences } from './Preferences';
import styles from './Shell.module.css';

interface Props {
  readonly me: Me;
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}

export function TopBar({ me, onSearch, onHelp }: Props) {
  const { t } = useTranslation();
  return (
    <header className={styles['top']}>
      <span className={styles['company']}>
        <img src="/icon.svg" alt="" width={24} height={24} />
        <strong>{me.tenant.name}</strong>
        <span className={styles['role']}>{t(`role.${me.user.role}`)}</span>
      </span>
      <Button
        visibleFrom="sm"
        variant="default"
        classNames={{ root: styles['search'] ?? '', label: styles['searchLabel'] ?? '' }}
        justify="flex-start"
        leftSection={<IconSearch size={16} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={onSearch}
      >
        {t('search')}
      </Button>
      <ActionIcon hiddenFrom="sm" variant="subtle" size={44} aria-label={t('search')} onClick={onSearch}>
        <IconSearch size={20} />
      </ActionIcon>
      <Bell />
      <PersonMenu me={me} onHelp={onHelp} />
    </header>
  );
}

function PersonMenu({ me, onHelp }: { readonly me: Me; readonly onHelp: () => void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-end" width={240} closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" size={44} aria-label={t('profile')}>
          <IconUserCircle size={24} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.user.name} · {me.user.email}
        </Menu.Label>
        <Preferences />
        <Menu.Item component={Link} to="/sessions" closeMenuOnClick leftSection={<IconDevices size={16} />}>
          {t('sessions.title')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} rightSection={<Kbd size="xs">?</Kbd>} onClick={onHelp}>
          {t('keys.help')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={leave}>
          {t('leave')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
