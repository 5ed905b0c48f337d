/** Setting a second factor up: the password again, the secret for the app, its first code, the recovery codes. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyText } from '@/components/CopyText';
import { PasswordField } from '@/components/PasswordField';
import { problemWords } from '@/components/problemWords';
import { Waiting } from '@/components/Waiting';
import { sessionsQuery } from '@/features/auth/queries';
import { asProblem } from '@/lib/api/problem';
import { CodeInput } from './CodeInput';
import { confirm, enrol, type Enrolment } from './queries';
import { RecoveryCodes } from './RecoveryCodes';
import styles from './Totp.module.css';

const QrCode = lazy(async () => ({ default: (await import('@/components/QrCode')).QrCode }));

interface Props {
  readonly onDone: () => void;
  readonly onCancel?: () => void;
}

export function Enrol({ onDone, onCancel }: Props) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  if (enrolment) return <ScanStep enrolment={enrolment} onConfirmed={setCodes} />;
  return <PasswordStep onBegun={setEnrolment} onCancel={onCancel} />;
}

function PasswordStep({ onBegun, onCancel }: { readonly onBegun: (begun: Enrolment) => void; readonly onCancel: Props['onCancel'] }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const beginning = useMutation({ mutationFn: enrol, onSuccess: onBegun, gcTime: 0 });
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        beginning.mutate(password);
      }}
    >
      <Stack gap="md">
        <PasswordField
          label={t('auth.password')}
          description={t('totp.passwordHint')}
          autoComplete="current-password"
          value={password}
          onChange={({ currentTarget: { value } }) => setPassword(value)}
          required
          withAsterisk={false}
          autoFocus
          error={beginning.error && problemWords(asProblem(beginning.error), t)}
          errorProps={{ role: 'alert' }}
        />
        <Group gap="sm">
          <Button type="submit" loading={beginning.isPending}>
            {t('totp.continue')}
          </Button>
          {onCancel && (
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}

interface ScanProps {
  readonly enrolment: Enrolment;
  readonly onConfirmed: (codes: readonly string[]) => void;
}

function ScanStep({ enrolment, onConfirmed }: ScanProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const confirming = useMutation({
    mutationFn: confirm,
    onSuccess: (codes) => {
      onConfirmed(codes);
      void cache.invalidateQueries({ queryKey: sessionsQuery.queryKey }); // the others have just ended
    },
    gcTime: 0,
  });
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        const code = new FormData(event.currentTarget).get('code');
        if (typeof code === 'string' && !confirming.isPending) confirming.mutate(code);
      }}
    >
      <Stack gap="md">
        <Text>{t('totp.scan')}</Text>
        <Suspense fallback={<Waiting rows={1} height={200} />}>
          <QrCode text={enrolment.uri} label={t('totp.qr')} />
        </Suspense>
        <CopyText label={t('totp.key')} text={inGroups(enrolment.secret)} copied={enrolment.secret} />
        <CodeInput
          error={confirming.error && problemWords(asProblem(confirming.error), t)}
          busy={confirming.isPending}
          onCode={(code) => confirming.mutate(code)}
        />
        <Group>
          <Button type="submit" loading={confirming.isPending}>
            {t('totp.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** As people read keys out: four characters at a time. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret;
}
