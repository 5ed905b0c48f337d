/** Joining a company with the code that its ceo shared; `/register#code` fills it in. */
import { Button, Select, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useLocation, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '@/components/PasswordField';
import { problemWords } from '@/components/problemWords';
import { asProblem } from '@/lib/api/problem';
import { AuthFrame } from './AuthFrame';
import styles from './AuthFrame.module.css';
import { codeOfLink, register, ROLES } from './queries';

export function RegisterPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { hash } = useLocation();
  const invited = codeOfLink(hash);
  const [code, setCode] = useState(invited);
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number]>('setter');
  const asking = useMutation({
    mutationFn: register,
    onSuccess: () => navigate({ to: '/pending', search: { asked: true }, replace: true }),
  });
  const problem = asking.error && asProblem(asking.error);
  const ofPassword = problem?.code === 'weak_password';
  return (
    <AuthFrame title={t('auth.register')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          asking.mutate({ join_code: code.trim(), name: name.trim(), email: email.trim(), password, role });
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('auth.code')}
            description={t('auth.codeHint')}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
            required
            withAsterisk={false}
          />
          <TextInput
            name="name"
            label={t('auth.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="name"
            maxLength={200}
            required
            withAsterisk={false}
            autoFocus={invited !== ''}
          />
          <TextInput
            name="email"
            label={t('auth.email')}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            required
            withAsterisk={false}
          />
          <Select
            label={t('auth.role')}
            data={ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={role}
            onChange={(value) => value && setRole(value)}
            allowDeselect={false}
          />
          <PasswordField
            name="password"
            label={t('auth.password')}
            description={t('auth.passwordHint')}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            autoComplete="new-password"
            maxLength={128}
            required
            withAsterisk={false}
            error={ofPassword && problemWords(problem, t)}
            errorProps={{ role: 'alert' }}
          />
          {problem && !ofPassword && (
            <p role="alert" className={styles['error']}>
              {problemWords(problem, t)}
            </p>
          )}
          <Button type="submit" loading={asking.isPending} fullWidth>
            {t('auth.askToJoin')}
          </Button>
        </Stack>
      </form>
      <Link to="/login">{t('auth.toLogin')}</Link>
    </AuthFrame>
  );
}
