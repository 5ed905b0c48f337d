/** «Llegó por el anuncio …»: what brought somebody, above the message that told of it. Its addresses are text, no links. */
import { IconSpeakerphone } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './Referral.module.css';

type Kept = Readonly<Record<string, unknown>>;

export default function ReferralCard({ referral }: { readonly referral: Kept }) {
  const { t } = useTranslation();
  const told = (key: string) => (typeof referral[key] === 'string' ? referral[key] : '');
  const name = told('headline') || told('source_id') || told('source_url');
  return (
    <aside className={styles['card']} aria-label={t('referral.label')}>
      <IconSpeakerphone size={16} aria-hidden />
      <span className={styles['words']}>
        <strong>{told('source_type') === 'post' ? t('referral.post', { name }) : t('referral.ad', { name })}</strong>
        {told('body') !== '' && told('body') !== name && <span>{told('body')}</span>}
        {told('source_url') !== '' && told('source_url') !== name && <span className={styles['address']}>{told('source_url')}</span>}
      </span>
    </aside>
  );
}
