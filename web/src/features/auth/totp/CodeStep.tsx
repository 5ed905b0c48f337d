/** The second step of a login: the app's code, or one of the recovery codes. */
import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/problemWords';
import { asProblem } from '@/lib/api/problem';
import { AuthFrame } from '@/features/auth/AuthFrame';
import { answerLogin } from '@/features/auth/queries';
import { CodeInput } from './CodeInput';

interface Props {
  readonly challenge: string;
  readonly onEntered: () => Promise<void>;
  /** The first step counts no more: it begins anew, with the reason. */
  readonly onVoid: (reason: unknown) => void;
  readonly onBack: () => void;
}

export function CodeStep({ challenge, onEntered, onVoid, onBack }: Props) {
  const { t } = useTranslation();
  const [recovery, setRecovery] = useState(false);
  const answering = useMutation({
    mutationFn: (code: string) => answerLogin({ challenge, code }),
    onSuccess: onEntered,
    onError: (error) => {
      if (asProblem(error).code === 'challenge_invalid') onVoid(error);
    },
  });
  const error = answering.error && problemWords(asProblem(answering.error), t);
  return (
    <AuthFrame title={t('totp.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const code = new FormData(event.currentTarget).get('code');
          if (typeof code === 'string' && !answering.isPending) answering.mutate(code);
        }}
      >
        <Stack gap="md">
          {recovery ? (
            <TextInput
              key="recovery"
              name="code"
              label={t('totp.recoveryCode')}
              description={t('totp.recoveryHint')}
              placeholder="xxxx-xxxx-xxxx-xxxx"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={64}
              required
              withAsterisk={false}
              autoFocus
              error={error}
              errorProps={{ role: 'alert' }}
            />
          ) : (
            <CodeInput error={error} busy={answering.isPending} onCode={(code) => answering.mutate(code)} />
          )}
          <Button type="submit" loading={answering.isPending} fullWidth>
            {t('auth.enter')}
          </Button>
          <Button
            variant="subtle"
            onClick={() => {
              answering.reset();
              setRecovery(!recovery);
            }}
          >
            {recovery ? t('totp.useApp') : t('totp.useRecovery')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onBack}>
            {t('totp.back')}
          </Button>
        </Stack>
      </form>
    </AuthFrame>
  );
}
