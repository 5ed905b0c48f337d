/** One broadcast: how far it is, what became of it, and the ways to hold it up. */
import { Button, Group, Modal, Progress, Text, Title } from '@mantine/core';
import { IconCircleX, IconPlayerPause, IconPlayerPlay, IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Ago } from '@/components/Time';
import { toast, toastProblem } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import type { MeaningName } from '@/lib/theme/tokens';
import styles from './Broadcasts.module.css';
import { broadcastKeys } from './keys';
import { steer, type Broadcast, type Verb } from './queries';

const Recipients = lazy(() => import('./Recipients'));
// A finished one is normal: unmarked (UI §1.1).
const LOOKS: Readonly<Partial<Record<Broadcast['status'], readonly [MeaningName, ReactNode]>>> = {
  running: ['primary', <IconSend key="running" size={14} aria-hidden />],
  paused: ['note', <IconPlayerPause key="paused" size={14} aria-hidden />],
  cancelled: ['muted', <IconCircleX key="cancelled" size={14} aria-hidden />],
};
const FIGURES = ['sent', 'delivered', 'read', 'replies', 'failed', 'refused', 'left_out'] as const;
const ALWAYS: readonly string[] = ['sent', 'delivered', 'read', 'replies'];

export function BroadcastCard({ broadcast, writable }: { readonly broadcast: Broadcast; readonly writable: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { id, name, status, total, waiting, template_name: template, per_minute: rate } = broadcast;
  const look = LOOKS[status];
  const done = total === 0 ? 100 : ((total - waiting) / total) * 100;
  return (
    <li className={styles['card']}>
      <div className={styles['title']}>
        <Title order={2}>{name}</Title>
        {look && (
          <Badge meaning={look[0]} icon={look[1]}>
            {t(`broadcasts.status.${status}`)}
          </Badge>
        )}
      </div>
      <p className={styles['meta']}>
        {template} · {t('broadcasts.rate', { count: rate })} · <Ago at={broadcast.created_at} />
      </p>
      {(status === 'running' || status === 'paused') && (
        <Progress
          value={done}
          color={status === 'paused' ? 'note' : 'primary'}
          aria-label={t('broadcasts.progress', { done: total - waiting, total })}
        />
      )}
      <dl className={styles['figures']}>
        {FIGURES.filter((figure) => ALWAYS.includes(figure) || broadcast[figure] > 0).map((figure) => (
          <div key={figure}>
            <dt>{t(`broadcasts.figure.${figure}`)}</dt>
            <dd>{broadcast[figure]}</dd>
          </div>
        ))}
        {waiting > 0 && (
          <div>
            <dt>{t('broadcasts.figure.waiting')}</dt>
            <dd>{waiting}</dd>
          </div>
        )}
      </dl>
      <Group gap="xs">
        {writable && <Ways broadcast={broadcast} />}
        <Button size="compact-sm" variant="subtle" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('broadcasts.hideRows') : t('broadcasts.showRows')}
        </Button>
      </Group>
      <Suspense>{open && <Recipients id={id} />}</Suspense>
    </li>
  );
}

function Ways({ broadcast }: { readonly broadcast: Broadcast }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [asking, setAsking] = useState(false);
  useBackCloses(asking, () => setAsking(false));
  const { id, name, status } = broadcast;
  const show = (changed: Broadcast) =>
    cache.setQueryData<readonly Broadcast[]>(broadcastKeys.list, (rows) => rows?.map((row) => (row.id === id ? changed : row)));
  const steering = useMutation({
    mutationFn: (verb: Verb) => steer(id, verb),
    onMutate: (verb) => show({ ...broadcast, status: verb === 'pause' ? 'paused' : verb === 'resume' ? 'running' : 'cancelled' }),
    onError: (error) => {
      show(broadcast);
      toastProblem(error);
    },
    onSuccess: (changed, verb) => {
      show(changed);
      if (verb === 'pause') toast(t('broadcasts.paused', { name }), () => steering.mutate('resume'));
    },
  });
  if (status === 'done' || status === 'cancelled') return null;
  const verb = status === 'running' ? 'pause' : 'resume';
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={verb === 'pause' ? <IconPlayerPause size={14} aria-hidden /> : <IconPlayerPlay size={14} aria-hidden />}
        onClick={() => steering.mutate(verb)}
      >
        {t(`broadcasts.${verb}`)}
      </Button>
      <Button size="compact-sm" variant="subtle" color="danger" onClick={() => setAsking(true)}>
        {t('broadcasts.cancel')}
      </Button>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('broadcasts.cancelTitle')} closeButtonProps={{ 'aria-label': t('close') }}>
        <Text>{t('broadcasts.cancelHint', { count: broadcast.waiting })}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('broadcasts.keep')}
          </Button>
          <Button
            color="danger"
            onClick={() => {
              setAsking(false);
              steering.mutate('cancel');
            }}
          >
            {t('broadcasts.cancel')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
