/** The bell: how much is new, said aloud and rung when a person is needed; its list comes with the first look. */
import { ActionIcon, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Waiting } from '@/components/Waiting';
import { withWords } from '@/lib/i18n';
import { useShortcut } from '@/lib/keys/keys';
import { onArrival } from './arrivals';
import styles from './Bell.module.css';
import { summaryQuery, type Notification } from './queries';
import { ring } from './sound';
import { shownCount, useTitleCount } from './title';
import { useWords } from './words';

const BellList = lazy(() => withWords(import('./BellList')));

export function Bell() {
  const { t } = useTranslation();
  const [opened, { close, toggle }] = useDisclosure(false);
  const { unread = 0, person_needed: waiting = 0 } = useQuery(summaryQuery).data ?? {};
  const [newest, setNewest] = useState<Notification | null>(null);
  const words = useWords();
  useTitleCount(unread);
  useShortcut('g b', t('bell.title'), toggle);
  useEffect(
    () =>
      onArrival((notification) => {
        setNewest(notification);
        if (notification.kind === 'person_needed') ring();
      }),
    [],
  );
  return (
    <>
      <Popover
        opened={opened}
        onChange={(open) => !open && close()}
        position="bottom-end"
        offset={2}
        width="min(400px, calc(100vw - 16px))"
        trapFocus
        returnFocus
        shadow="md"
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            size={44}
            aria-label={unread > 0 ? t('bell.unread', { count: unread, shown: shownCount(unread) }) : t('bell.title')}
            aria-haspopup="dialog"
            onClick={toggle}
          >
            <IconBell size={22} stroke={1.75} />
            {unread > 0 && (
              <span className={styles['count']} data-waiting={waiting > 0} aria-hidden>
                {shownCount(unread)}
              </span>
            )}
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown p={0} aria-label={t('bell.title')} className={styles['dropdown'] ?? ''}>
          <Suspense fallback={<Waiting rows={4} height={56} />}>
            <BellList onClose={close} />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      <span role="status" className={styles['spoken']}>
        {newest && words(newest)}
      </span>
    </>
  );
}
