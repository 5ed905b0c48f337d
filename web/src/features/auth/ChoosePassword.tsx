/** The form behind a link that works once: for whom it is, and the password that they choose. */
import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { PasswordField } from '@/components/PasswordField';
import { problemWords } from '@/components/problemWords';
import { Waiting } from '@/components/Waiting';
import { asProblem } from '@/lib/api/problem';
import styles from './AuthFrame.module.css';
import { choosePassword, dropToken, linkQuery, takeToken, type LinkTarget, type Purpose } from './link';

interface Props {
  readonly purpose: Purpose;
  readonly action: string;
  /** What to do with a link that does not work. */
  readonly wayOut: ReactNode;
  readonly greeting: (target: LinkTarget) => ReactNode;
  readonly onDone: (email: string, password: string) => void | Promise<void>;
}

export function ChoosePassword({ purpose, action, wayOut, greeting, onDone }: Props) {
  const { t } = useTranslation();
  const [token] = useState(takeToken);
  const [password, setPassword] = useState('');
  const link = useQuery(linkQuery(purpose, token));
  const choosing = useMutation({
    mutationFn: () => choosePassword(purpose, { token: token ?? '', password }),
    onSuccess: async () => {
      dropToken();
      await onDone(link.data?.email ?? '', password);
    },
  });
  const problem = choosing.error && asProblem(choosing.error);
  const dead = token === null || [link.error, choosing.error].some((error) => error && asProblem(error).code === 'link_invalid');
  if (dead) return wayOut;
  if (link.isError) return <ErrorBox error={link.error} retry={() => void link.refetch()} />;
  if (!link.data) return <Waiting rows={3} height={56} />;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        choosing.mutate();
      }}
    >
      <Stack gap="md">
        {greeting(link.data)}
        <TextInput name="email" type="email" label={t('auth.email')} value={link.data.email} autoComplete="username" readOnly />
        <PasswordField
          name="password"
          label={t('access.newPassword')}
          description={t('auth.passwordHint')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="new-password"
          maxLength={128}
          required
          withAsterisk={false}
          autoFocus
          error={problem?.code === 'weak_password' && problemWords(problem, t)}
          errorProps={{ role: 'alert' }}
        />
        {problem && problem.code !== 'weak_password' && (
          <p role="alert" className={styles['error']}>
            {problemWords(problem, t)}
          </p>
        )}
        <Button type="submit" loading={choosing.isPending} fullWidth>
          {action}
        </Button>
      </Stack>
    </form>
  );
}
