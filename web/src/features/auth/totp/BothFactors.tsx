/** Password and code again, before what touches a second factor in use. */
import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '@/components/PasswordField';
import { problemWords } from '@/components/problemWords';
import type { Schemas } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import styles from './Totp.module.css';

interface Props<Done> {
  readonly action: string;
  readonly danger?: boolean;
  readonly send: (body: Schemas['BothFactorsBody']) => Promise<Done>;
  readonly onDone: (done: Done) => void;
  readonly onCancel: () => void;
}

export function BothFactors<Done>({ action, danger = false, send, onDone, onCancel }: Props<Done>) {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const sending = useMutation({ mutationFn: send, onSuccess: onDone, gcTime: 0 });
  const problem = sending.error && asProblem(sending.error);
  const ofPassword = problem?.code === 'wrong_password';
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate({ password, code: code.trim() });
      }}
    >
      <Stack gap="md">
        <PasswordField
          label={t('auth.password')}
          autoComplete="current-password"
          value={password}
          onChange={({ currentTarget: { value } }) => setPassword(value)}
          required
          withAsterisk={false}
          autoFocus
          error={ofPassword && problemWords(problem, t)}
          errorProps={{ role: 'alert' }}
        />
        <TextInput
          label={t('totp.anyCode')}
          description={t('totp.anyCodeHint')}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
          value={code}
          onChange={({ currentTarget: { value } }) => setCode(value)}
          required
          withAsterisk={false}
          error={problem && !ofPassword && problemWords(problem, t)}
          errorProps={{ role: 'alert' }}
        />
        <Group gap="sm">
          <Button type="submit" color={danger ? 'danger' : 'primary'} loading={sending.isPending}>
            {action}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
