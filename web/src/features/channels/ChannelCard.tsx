/** One number: where its webhook goes, what came and left by it, what WhatsApp says of it, and what can be done. */
import { ActionIcon, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconDots, IconLink, IconPencil, IconPower } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '@/components/ActionMenu';
import { Badge } from '@/components/Badge';
import { CopyText } from '@/components/CopyText';
import { toast, toastProblem } from '@/components/toast';
import styles from './Channels.module.css';
import { CheckButton, CheckResult } from './Check';
import { Health } from './Health';
import { changeChannel, channelsQuery, withChannel, type Channel } from './queries';
import { attention, PROVIDER_NAMES } from './words';

export type Act = 'edit' | 'renew';

interface Props {
  readonly channel: Channel;
  readonly simulated: boolean;
  readonly writable: boolean;
  readonly onAsk: (act: Act) => void;
}

export function ChannelCard({ channel, simulated, writable, onAsk }: Props) {
  const { t } = useTranslation();
  const wanting = attention(channel, simulated);
  const id = `channel-${channel.id}`;
  return (
    <section className={styles['card']} aria-labelledby={id}>
      <Group gap="sm" justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} id={id}>
            {channel.name}
          </Title>
          <Text size="sm" c="var(--nx-text2)">
            {channel.business_number_shown} · {PROVIDER_NAMES[channel.provider]}
            {simulated && ` · ${t('channels.simulated')}`}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          {wanting && (
            <Badge meaning={wanting[0]} icon={<IconAlertTriangle size={14} aria-hidden />}>
              {t(`channels.state.${wanting[1]}`)}
            </Badge>
          )}
          {writable && <Acts channel={channel} onAsk={onAsk} />}
        </Group>
      </Group>
      <Health channel={channel} />
      {channel.webhook_url ? (
        <CopyText label={t('channels.webhook', { provider: PROVIDER_NAMES[channel.provider] })} text={channel.webhook_url} />
      ) : (
        <Text size="sm" c="var(--nx-text2)">
          {t('channels.noWebhook')}
        </Text>
      )}
      <Group gap="sm">
        {writable && <CheckButton channel={channel} />}
        <CheckResult channel={channel} />
      </Group>
    </section>
  );
}

function Acts({ channel, onAsk }: { readonly channel: Channel; readonly onAsk: (act: Act) => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [opened, setOpened] = useState(false);
  const switching = useMutation({
    mutationFn: (active: boolean) => changeChannel(channel.id, { active }),
    onMutate: (active) => {
      cache.setQueryData(channelsQuery.queryKey, (known) => withChannel(known, { ...channel, active }));
    },
    onSuccess: ({ name, active }) =>
      toast(active ? t('channels.switchedOn', { name }) : t('channels.switchedOff', { name }), () => switching.mutate(!active)),
    onError: toastProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: channelsQuery.queryKey }),
  });
  return (
    <ActionMenu
      title={channel.name}
      opened={opened}
      onChange={setOpened}
      sections={[
        {
          key: 'acts',
          items: [
            { key: 'edit', label: t('channels.edit.title'), icon: <IconPencil size={16} aria-hidden />, onRun: () => onAsk('edit') },
            {
              key: 'renew',
              label: t('channels.renew.title'),
              hint: t('channels.renew.hint'),
              icon: <IconLink size={16} aria-hidden />,
              onRun: () => onAsk('renew'),
            },
            {
              key: 'switch',
              label: channel.active ? t('channels.switchOff') : t('channels.switchOn'),
              hint: channel.active ? t('channels.switchOffHint') : t('channels.switchOnHint'),
              icon: <IconPower size={16} aria-hidden />,
              onRun: () => switching.mutate(!channel.active),
            },
          ],
        },
      ]}
    >
      <ActionIcon variant="default" size={34} className={styles['menu'] ?? ''} aria-label={t('channels.acts', { name: channel.name })}>
        <IconDots size={18} aria-hidden />
      </ActionIcon>
    </ActionMenu>
  );
}
