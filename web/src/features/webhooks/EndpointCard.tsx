/** One endpoint: how it does, what can be done with it, and its log. */
import { Button, Group, Modal, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconDots, IconKey, IconPencil, IconPlayerPause, IconPower, IconRefresh, IconSend, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '@/components/ActionMenu';
import { Badge } from '@/components/Badge';
import { Ago } from '@/components/Time';
import { toast, toastProblem } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import { DeliveryLog } from './DeliveryLog';
import { changeEndpoint, endpointsKey, endpointsQuery, ping, removeEndpoint, replayDead, rotateSecret, type Endpoint } from './queries';
import styles from './Webhooks.module.css';

interface Props {
  readonly endpoint: Endpoint;
  readonly writable: boolean;
  readonly onEdit: () => void;
  readonly onSecret: (secret: string) => void;
}

export function EndpointCard({ endpoint, writable, onEdit, onSecret }: Props) {
  const { t } = useTranslation();
  const [logged, setLogged] = useState(false);
  const cache = useQueryClient();
  const options = { onError: toastProblem, onSettled: () => cache.invalidateQueries({ queryKey: endpointsKey }) };
  const pinging = useMutation({
    mutationFn: () => ping(endpoint.id),
    ...options,
    onSuccess: () => {
      setLogged(true);
      toast(t('webhooks.pinged'));
    },
  });
  const replaying = useMutation({
    mutationFn: () => replayDead(endpoint.id),
    ...options,
    onSuccess: (count) => toast(t('webhooks.replayed', { count })),
  });
  const id = `webhook-${endpoint.id}`;
  const on = endpoint.state === 'active';
  return (
    <section className={styles['card']} aria-labelledby={id}>
      <Group gap="sm" justify="space-between" wrap="nowrap" align="flex-start">
        <div className={styles['named']}>
          <Title order={2} size="h4" id={id}>
            {endpoint.name}
          </Title>
          <Text size="sm" c="var(--nx-text2)" className={styles['url'] ?? ''}>
            {endpoint.url}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <State endpoint={endpoint} />
          {writable && <Acts endpoint={endpoint} onEdit={onEdit} onSecret={onSecret} />}
        </Group>
      </Group>
      <Text size="sm">{endpoint.event_types.map((type) => t(`webhooks.event.${type}`)).join(' · ')}</Text>
      <Text size="sm" c="var(--nx-text2)">
        {endpoint.last_success_at ? (
          <>
            {t('webhooks.lastSuccess')} <Ago at={endpoint.last_success_at} />
          </>
        ) : (
          t('webhooks.neverSent')
        )}
        {endpoint.waiting > 0 && ` · ${t('webhooks.waiting', { count: endpoint.waiting })}`}
        {endpoint.dead > 0 && ` · ${t('webhooks.dead', { count: endpoint.dead })}`}
        {endpoint.former_secret_until && ` · ${t('webhooks.overlap')}`}
      </Text>
      <Group gap="sm">
        {writable && on && (
          <Button variant="default" leftSection={<IconSend size={16} aria-hidden />} loading={pinging.isPending} onClick={() => pinging.mutate()}>
            {t('webhooks.ping')}
          </Button>
        )}
        {writable && on && endpoint.dead > 0 && (
          <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} loading={replaying.isPending} onClick={() => replaying.mutate()}>
            {t('webhooks.replayAll')}
          </Button>
        )}
        <Button variant="subtle" aria-expanded={logged} onClick={() => setLogged(!logged)}>
          {logged ? t('webhooks.hideLog') : t('webhooks.showLog')}
        </Button>
      </Group>
      {logged && <DeliveryLog endpoint={endpoint} writable={writable && on} />}
    </section>
  );
}

function State({ endpoint }: { readonly endpoint: Endpoint }) {
  const { t } = useTranslation();
  if (endpoint.state === 'paused') {
    return (
      <Badge meaning="muted" icon={<IconPlayerPause size={14} aria-hidden />}>
        {t('webhooks.state.paused')}
      </Badge>
    );
  }
  const failing = endpoint.state !== 'active' || endpoint.failing_since !== null;
  const word = endpoint.state === 'active' && failing ? 'retrying' : endpoint.state;
  return (
    <Badge meaning={failing ? 'note' : 'ok'} icon={failing ? <IconAlertTriangle size={14} aria-hidden /> : <IconCheck size={14} aria-hidden />}>
      {t(`webhooks.state.${word}`)}
    </Badge>
  );
}

function Acts({ endpoint, onEdit, onSecret }: Omit<Props, 'writable'>) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [opened, setOpened] = useState(false);
  const [removing, setRemoving] = useState(false);
  const anew = () => cache.invalidateQueries({ queryKey: endpointsKey });
  const switching = useMutation({
    mutationFn: (active: boolean) => changeEndpoint(endpoint.id, { active }),
    onSuccess: ({ name, state }, active) =>
      toast(state === 'active' ? t('webhooks.switchedOn', { name }) : t('webhooks.switchedOff', { name }), () => switching.mutate(!active)),
    onError: toastProblem,
    onSettled: anew,
  });
  const rotating = useMutation({
    mutationFn: () => rotateSecret(endpoint.id),
    onSuccess: ({ secret }) => onSecret(secret),
    onError: toastProblem,
    onSettled: anew,
  });
  const gone = useMutation({
    mutationFn: () => removeEndpoint(endpoint.id),
    // The card goes first, so that its log is not asked for once the endpoint is no more.
    onMutate: async () => {
      await cache.cancelQueries({ queryKey: endpointsKey });
      cache.setQueryData(endpointsQuery.queryKey, (all) => all?.filter(({ id }) => id !== endpoint.id));
    },
    onSuccess: () => toast(t('webhooks.removed', { name: endpoint.name })),
    onError: toastProblem,
    onSettled: anew,
  });
  const on = endpoint.state === 'active';
  useBackCloses(removing, () => setRemoving(false));
  return (
    <>
      <ActionMenu
        title={endpoint.name}
        opened={opened}
        onChange={setOpened}
        sections={[
          {
            key: 'acts',
            items: [
              { key: 'edit', label: t('webhooks.editing'), icon: <IconPencil size={16} aria-hidden />, onRun: onEdit },
              { key: 'rotate', label: t('webhooks.rotate'), icon: <IconKey size={16} aria-hidden />, onRun: () => rotating.mutate() },
              {
                key: 'switch',
                label: on ? t('webhooks.switchOff') : t('webhooks.switchOn'),
                icon: <IconPower size={16} aria-hidden />,
                onRun: () => switching.mutate(!on),
              },
              { key: 'remove', label: t('webhooks.remove'), icon: <IconTrash size={16} aria-hidden />, onRun: () => setRemoving(true) },
            ],
          },
        ]}
      >
        <Button variant="subtle" px={10} aria-label={t('webhooks.more', { name: endpoint.name })}>
          <IconDots size={18} aria-hidden />
        </Button>
      </ActionMenu>
      <Modal opened={removing} onClose={() => setRemoving(false)} title={t('webhooks.removeTitle', { name: endpoint.name })} closeButtonProps={{ 'aria-label': t('close') }}>
        <Text size="sm">{t('webhooks.removeMeans')}</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={() => setRemoving(false)}>
            {t('webhooks.cancel')}
          </Button>
          <Button color="red" loading={gone.isPending} onClick={() => gone.mutate()}>
            {t('webhooks.remove')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
