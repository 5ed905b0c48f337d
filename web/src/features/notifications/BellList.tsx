/** What one was told, today's first; opening a line opens its record and counts as having looked. */
import { Button, Group, Switch, Text } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { Waiting } from '@/components/Waiting';
import { sameDay } from '@/lib/i18n/format';
import { rowsOf } from '@/lib/query/pages';
import { useNow } from '@/lib/time/useNow';
import styles from './Bell.module.css';
import { BellLine } from './BellLine';
import { notificationsQuery, type Notification } from './queries';
import { readMutation } from './read';
import { enableSound, ring, soundEnabled } from './sound';

export default function BellList({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const now = new Date(useNow()).toISOString();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(notificationsQuery);
  const read = useMutation(readMutation(cache));
  const rows = rowsOf(data);
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => whole.current?.focus(), []); // it came after the popover had looked for something to focus
  const [newest] = rows;
  const open = (row: Notification) => {
    if (row.read_at === null) read.mutate({ ids: [row.id] });
    onClose();
  };
  const groups = [
    { key: 'today', rows: rows.filter((row) => sameDay(row.created_at, now)) },
    { key: 'earlier', rows: rows.filter((row) => !sameDay(row.created_at, now)) },
  ] as const;
  return (
    <div ref={whole} tabIndex={-1} className={styles['whole']}>
      <Group justify="space-between" wrap="nowrap" className={styles['head'] ?? ''}>
        <Text fw={600} component="h2" size="md">
          {t('bell.title')}
        </Text>
        {newest && rows.some((row) => row.read_at === null) && (
          <Button size="compact-sm" variant="subtle" onClick={() => read.mutate({ through_id: newest.id })}>
            {t('bellList.readAll')}
          </Button>
        )}
      </Group>
      <div className={styles['list']}>
        {isPending && <Waiting rows={4} height={56} />}
        {error && <ErrorBox error={error} retry={() => void refetch()} />}
        {data && rows.length === 0 && <Empty>{t('bellList.empty')}</Empty>}
        {groups.map(
          (group) =>
            group.rows.length > 0 && (
              <section key={group.key}>
                <h3 className={styles['group']}>{t(`bellList.${group.key}`)}</h3>
                <ul>
                  {group.rows.map((row) => (
                    <BellLine key={row.id} row={row} onOpen={open} />
                  ))}
                </ul>
              </section>
            ),
        )}
        {hasNextPage && (
          <Button fullWidth variant="subtle" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('more')}
          </Button>
        )}
      </div>
      <Foot onClose={onClose} />
    </div>
  );
}

function Foot({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [on, setOn] = useState(soundEnabled);
  return (
    <div className={styles['foot']}>
      <Switch
        size="sm"
        label={t('bellList.sound')}
        checked={on}
        onChange={({ currentTarget: { checked } }) => {
          enableSound(checked);
          setOn(checked);
          ring();
        }}
      />
      <Link to="/alerts" onClick={onClose}>
        {t('bellList.outside')}
      </Link>
    </div>
  );
}
