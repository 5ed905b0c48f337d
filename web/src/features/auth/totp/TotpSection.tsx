/** «Verificación en dos pasos» on one's own page: set up, new recovery codes, turn off. */
import { Button, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { ErrorBox } from '@/components/ErrorBox';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { day } from '@/lib/i18n/format';
import { sessionsQuery } from '@/features/auth/queries';
import { BothFactors } from './BothFactors';
import { Enrol } from './Enrol';
import { renewCodes, totpQuery, turnOff, type Totp } from './queries';
import { RecoveryCodes } from './RecoveryCodes';
import styles from './Totp.module.css';

const FEW_CODES = 3;

type Doing = 'nothing' | 'enrol' | 'renew' | 'off';

export function TotpSection() {
  const { t } = useTranslation();
  const query = useQuery(totpQuery);
  return (
    <section aria-labelledby="totp" className={styles['section']}>
      <Title order={2} id="totp">
        {t('totp.title')}
      </Title>
      {query.isPending && <Waiting rows={1} height={56} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && <State totp={query.data} />}
    </section>
  );
}

function State({ totp }: { readonly totp: Totp }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [doing, setDoing] = useState<Doing>('nothing');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const stop = () => {
    setDoing('nothing');
    setCodes(null);
  };
  const changed = (words: string) => {
    stop();
    toast(words);
    void cache.invalidateQueries({ queryKey: totpQuery.queryKey });
    void cache.invalidateQueries({ queryKey: sessionsQuery.queryKey });
  };
  if (codes) return <RecoveryCodes codes={codes} onDone={() => changed(t('totp.renewed'))} />;
  if (doing === 'enrol') return <Enrol onDone={() => changed(t('totp.isOn'))} onCancel={stop} />;
  if (doing === 'renew') return <BothFactors action={t('totp.renew')} send={renewCodes} onDone={setCodes} onCancel={stop} />;
  if (doing === 'off') {
    return <BothFactors danger action={t('totp.off')} send={turnOff} onDone={() => changed(t('totp.isOff'))} onCancel={stop} />;
  }
  if (!totp.active) {
    return (
      <>
        <Text c="var(--nx-text2)">{t('totp.why')}</Text>
        <Group>
          <Button onClick={() => setDoing('enrol')}>{t('totp.on')}</Button>
        </Group>
      </>
    );
  }
  return <Active totp={totp} onChoose={setDoing} />;
}

function Active({ totp, onChoose }: { readonly totp: Totp; readonly onChoose: (doing: Doing) => void }) {
  const { t, i18n } = useTranslation();
  const left = totp.recovery_codes_left;
  return (
    <>
      <Text c="var(--nx-text2)">
        {totp.active_since && t('totp.since', { day: day(totp.active_since, i18n.language) })}{' '}
        {left > FEW_CODES && t('totp.left', { count: left })}
      </Text>
      {left <= FEW_CODES && (
        <div>
          <Badge meaning="note" icon={<IconAlertTriangle size={14} aria-hidden />}>
            {t('totp.left', { count: left })}
          </Badge>
        </div>
      )}
      <Group gap="sm">
        <Button variant="default" onClick={() => onChoose('renew')}>
          {t('totp.renew')}
        </Button>
        <Button variant="subtle" color="danger" onClick={() => onChoose('off')}>
          {t('totp.off')}
        </Button>
      </Group>
    </>
  );
}
