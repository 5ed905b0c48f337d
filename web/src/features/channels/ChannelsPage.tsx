/** Canales: the numbers the company writes from, where their webhooks go, how they fare; and one switch that pauses all. */
import { Button, Group, Stack, Switch, Text, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { useCreating } from '@/lib/history/create';
import { can, useMe } from '@/lib/session/session';
import { ChannelCard, type Act } from './ChannelCard';
import styles from './Channels.module.css';
import { channelsQuery, pauseSending, type Channel } from './queries';

const AddChannel = lazy(() => import('./AddChannel'));
const EditChannel = lazy(() => import('./EditChannel'));
const RenewAddress = lazy(() => import('./RenewAddress'));

export function ChannelsPage() {
  const { t } = useTranslation();
  const writable = can(useMe(), 'settings.write');
  const query = useQuery(channelsQuery);
  const { creating, begin, end } = useCreating();
  const [asked, setAsked] = useState<{ readonly act: Act; readonly channel: Channel } | null>(null);
  const close = () => setAsked(null);
  return (
    <div className={styles['page']}>
      <Stack gap="lg" maw={960} mx="auto">
        <Group justify="space-between" gap="sm">
          <Title order={1}>{t('place.channels')}</Title>
          {writable && (
            <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={begin}>
              {t('channels.add')}
            </Button>
          )}
        </Group>
        <Text c="var(--nx-text2)" maw={640}>
          {t('channels.hint')} <Link to="/integrations">{t('channels.keys')}</Link>
        </Text>
        {query.isPending && <Waiting rows={3} height={160} />}
        {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
        {query.data && (
          <>
            <Pause paused={query.data.sending_paused} writable={writable} />
            {query.data.items.length === 0 && <Empty>{t('channels.none')}</Empty>}
            {query.data.items.map((channel) => (
              <ChannelCard
                key={channel.id}
                channel={channel}
                simulated={query.data.simulated}
                writable={writable}
                onAsk={(act) => setAsked({ act, channel })}
              />
            ))}
          </>
        )}
      </Stack>
      <Suspense>
        {creating && writable && <AddChannel onClose={end} />}
        {asked?.act === 'edit' && <EditChannel channel={asked.channel} onClose={close} />}
        {asked?.act === 'renew' && <RenewAddress channel={asked.channel} onClose={close} />}
      </Suspense>
    </div>
  );
}

function Pause({ paused, writable }: { readonly paused: boolean; readonly writable: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const pausing = useMutation({
    mutationFn: pauseSending,
    onMutate: (wanted) => {
      cache.setQueryData(channelsQuery.queryKey, (known) => known && { ...known, sending_paused: wanted });
    },
    onSuccess: (_, wanted) =>
      toast(wanted ? t('channels.pause.on') : t('channels.pause.off'), () => pausing.mutate(!wanted)),
    onError: toastProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: channelsQuery.queryKey }),
  });
  return (
    <section className={styles['pause']} data-paused={paused} aria-label={t('channels.pause.title')}>
      <Switch
        checked={paused}
        disabled={!writable}
        onChange={(event) => pausing.mutate(event.currentTarget.checked)}
        label={t('channels.pause.title')}
        description={paused ? t('channels.pause.isOn') : t('channels.pause.isOff')}
        classNames={{ description: styles['hint'] ?? '' }}
      />
    </section>
  );
}
