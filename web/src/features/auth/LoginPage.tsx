/** Entrar. Where the account still waits for its ceo, the pending notice says so; a demo lists its logins. */
import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '@/components/PasswordField';
import { problemWords } from '@/components/problemWords';
import { Waiting } from '@/components/Waiting';
import { asProblem } from '@/lib/api/problem';
import { withWords } from '@/lib/i18n';
import { noteSignedIn } from '@/lib/session/session';
import { AuthFrame } from './AuthFrame';
import { DemoLogins } from './DemoLogins';
import { isDemo, takeDoorToken } from './demo';
import { login } from './queries';

/** Few owe a second step: it comes when it is asked for. */
const CodeStep = lazy(async () => ({ default: (await withWords(import('./totp/CodeStep'))).CodeStep }));

export function LoginPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/login' });
  const [token] = useState(takeDoorToken);
  const password = useRef<HTMLInputElement>(null);
  const [challenge, setChallenge] = useState<string | null>(null);
  const [voided, setVoided] = useState<unknown>(null);
  const enter = async () => {
    cache.clear();
    noteSignedIn();
    await navigate({ href: next ?? '/', replace: true });
  };
  const attempt = useMutation({
    mutationFn: login,
    onMutate: () => setVoided(null),
    onSuccess: async (asked) => {
      if (asked === null) await enter();
      else setChallenge(asked);
    },
    onError: async (error) => {
      if (asProblem(error).code === 'account_pending') await navigate({ to: '/pending' });
      else password.current?.select();
    },
  });
  const submit = (form: FormData) =>
    attempt.mutate({ email: field(form, 'email').trim(), password: field(form, 'password') });
  const demo = isDemo();
  if (challenge !== null) {
    const back = (reason: unknown) => {
      setVoided(reason);
      setChallenge(null);
    };
    return (
      <Suspense fallback={<Waiting />}>
        <CodeStep challenge={challenge} onEntered={enter} onVoid={back} onBack={() => back(null)} />
      </Suspense>
    );
  }
  const refusal = attempt.error ?? voided;
  return (
    <AuthFrame title={t('auth.login')}>
      {demo && <DemoLogins token={token} busy={attempt.isPending} onChoose={({ email, password: word }) => attempt.mutate({ email, password: word })} />}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <Stack gap="md">
          <TextInput
            name="email"
            type="email"
            label={t('auth.email')}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            required
            withAsterisk={false}
            autoFocus={!demo}
          />
          <PasswordField
            ref={password}
            name="password"
            label={t('auth.password')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            error={refusal !== null && problemWords(asProblem(refusal), t)}
            errorProps={{ role: 'alert' }}
          />
          <Button type="submit" loading={attempt.isPending} fullWidth>
            {t('auth.enter')}
          </Button>
        </Stack>
      </form>
      <Link to="/forgot">{t('access.toForgot')}</Link>
      <Link to="/register">{t('auth.toRegister')}</Link>
    </AuthFrame>
  );
}

function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
