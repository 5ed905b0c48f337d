/** Company and role, search, and the menu of the person. */
import { ActionIcon, Button, Kbd, Menu, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { IconKeyboard, IconLogout, IconSearch, IconUserCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { signedOut } from '@/app/router';
import { toastProblem } from '@/components/toast';
import { Bell } from '@/features/notifications/Bell';
import { api } from '@/lib/api/client';
import { chooseLanguage, LANGUAGES, type Language } from '@/lib/i18n';
import type { Me } from '@/lib/session/session';
import styles from './Shell.module.css';

const LANGUAGE_NAMES: Record<Language, string> = { es: 'Español', en: 'English', pt: 'Português' };

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
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const leave = () => void api.POST('/auth/logout').then(signedOut, toastProblem);
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
        <div className={styles['choice']}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('theme.label')}
            value={colorScheme}
            onChange={(value) => setColorScheme(value)}
            data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))}
          />
        </div>
        <div className={styles['choice']}>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('language')}
            value={i18n.language}
            onChange={(value) => void chooseLanguage(value as Language)}
            data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
          />
        </div>
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
