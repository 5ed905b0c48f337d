/** This device's switch, which asks the browser only when it is pressed, and every device that is on. */
import { Button, Text, Title } from '@mantine/core';
import { IconBellRinging, IconDeviceLaptop } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { Ago } from '@/components/Time';
import { notify, toast, toastProblem } from '@/components/toast';
import { ApiProblem } from '@/lib/api/problem';
import { deviceOf } from '@/lib/session/device';
import styles from './Alerts.module.css';
import { standing, switchOff, switchOn } from './push';
import { pushQuery, removeDevice, type Device } from './queries';

interface Props {
  readonly publicKey: string | null;
  readonly devices: readonly Device[];
}

const standingKey = ['alerts', 'standing'] as const;

export function Devices({ publicKey, devices }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const removing = useMutation({
    mutationFn: async (device: Device) => {
      await removeDevice(device.id);
      if (device.current) await switchOff();
    },
    onMutate: async (device) => {
      await cache.cancelQueries({ queryKey: pushQuery.queryKey });
      cache.setQueryData(
        pushQuery.queryKey,
        (known) => known && { ...known, devices: known.devices.filter(({ id }) => id !== device.id) },
      );
    },
    onSuccess: (_, device) => toast(t('alerts.removed', { device: deviceOf(device.user_agent) ?? t('alerts.unknown') })),
    onError: toastProblem,
    onSettled: () => Promise.all([pushQuery.queryKey, standingKey].map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
  return (
    <section aria-labelledby="alerts-devices">
      <Title order={2} id="alerts-devices" mb="xs">
        {t('alerts.devices')}
      </Title>
      <ThisDevice publicKey={publicKey} on={devices.some(({ current }) => current)} none={devices.length === 0} />
      <ul className={styles['list']}>
        {devices.map((device) => (
          <Row key={device.id} device={device} onRemove={() => removing.mutate(device)} />
        ))}
      </ul>
    </section>
  );
}

interface ThisDeviceProps {
  readonly publicKey: string | null;
  readonly on: boolean;
  readonly none: boolean;
}

/** `on`: the server has this login's browser. Where the browser says otherwise, it has to be switched on again. */
function ThisDevice({ publicKey, on, none }: ThisDeviceProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { data: here } = useQuery({ queryKey: standingKey, queryFn: standing, staleTime: 0 });
  const turning = useMutation({
    mutationFn: switchOn,
    onSuccess: (reached) => {
      if (reached === 'on') toast(t('alerts.turnedOn'));
    },
    // What the browser or its push service refused has no words of the API's.
    onError: (error) => (error instanceof ApiProblem ? toastProblem(error) : notify(t('alerts.failed'))),
    onSettled: () => Promise.all([pushQuery.queryKey, standingKey].map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
  if (publicKey === null) return <Text c="var(--nx-text2)">{t('alerts.noPush')}</Text>;
  if (here === undefined) return null;
  if (here === 'unsupported') return <Text c="var(--nx-text2)">{t('alerts.unsupported')}</Text>;
  if (here === 'denied') return <Text c="var(--nx-text2)">{t('alerts.denied')}</Text>;
  if (here === 'on' && on) return <Text c="var(--nx-text2)">{t('alerts.on')}</Text>;
  return (
    <>
      {none && (
        <Text c="var(--nx-text2)" mb="sm">
          {t('alerts.none')}
        </Text>
      )}
      <Button
        leftSection={<IconBellRinging size={18} aria-hidden />}
        loading={turning.isPending}
        onClick={() => turning.mutate(publicKey)}
      >
        {t('alerts.turnOn')}
      </Button>
    </>
  );
}

function Row({ device, onRemove }: { readonly device: Device; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  const name = deviceOf(device.user_agent) ?? t('alerts.unknown');
  return (
    <li className={styles['row']}>
      <span className={styles['device']}>
        <strong>{name}</strong>
        <span>
          {t('alerts.since')} <Ago at={device.created_at} />
          {device.last_success_at !== null && (
            <>
              {' · '}
              {t('alerts.reached')} <Ago at={device.last_success_at} />
            </>
          )}
        </span>
      </span>
      {device.current && (
        <Badge meaning="ok" icon={<IconDeviceLaptop size={14} aria-hidden />}>
          {t('alerts.this')}
        </Badge>
      )}
      <Button variant="default" aria-label={t('alerts.removeOf', { device: name })} onClick={onRemove}>
        {t('alerts.remove')}
      </Button>
    </li>
  );
}
