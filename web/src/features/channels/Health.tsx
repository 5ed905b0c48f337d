/** What came and left by a number, and what WhatsApp says of it; what is not known is not listed. */
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Ago } from '@/components/Time';
import styles from './Channels.module.css';
import type { Channel } from './queries';
import { qualityWords, statusWords } from './words';

export function Health({ channel }: { readonly channel: Channel }) {
  const { t } = useTranslation();
  const facts: readonly (readonly [string, ReactElement | string | number | false | null])[] = [
    [t('channels.health.inbound'), channel.last_inbound_at ? <Ago at={channel.last_inbound_at} /> : t('channels.health.never')],
    [t('channels.health.sent'), channel.last_sent_at ? <Ago at={channel.last_sent_at} /> : t('channels.health.never')],
    [
      t('channels.health.failed'),
      channel.last_failed_at && (
        <>
          <Ago at={channel.last_failed_at} /> {channel.last_failure && t('channels.health.code', { code: channel.last_failure })}
        </>
      ),
    ],
    [t('channels.health.uncertain'), channel.uncertain > 0 && channel.uncertain],
    [t('channels.health.name'), channel.shown_name],
    [t('channels.health.quality'), channel.quality && qualityWords(channel.quality, t)],
    [t('channels.health.limit'), channel.message_limit],
    [
      t('channels.health.status'),
      channel.provider_status && (
        <>
          {statusWords(channel.provider_status, t)} {channel.provider_reason}
        </>
      ),
    ],
  ];
  return (
    <dl className={styles['facts']}>
      {facts
        .filter(([, value]) => value !== null && value !== false)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
