/** A forgotten password: the same words for everybody, since nobody learns here who has an account. */
import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/problemWords';
import { asProblem } from '@/lib/api/problem';
import { AuthFrame } from './AuthFrame';
import { forgot } from './link';

export function ForgotPage() {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const asking = useMutation({ mutationFn: forgot });
  if (asking.isSuccess) {
    return (
      <AuthFrame title={t('access.asked')}>
        <Text role="status" c="var(--nx-text2)">
          {t('access.askedHint', { email })}
        </Text>
        <Button component={Link} to="/login" variant="default">
          {t('auth.tryAgain')}
        </Button>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('access.forgot')}>
      <Text c="var(--nx-text2)">{t('access.forgotHint')}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          asking.mutate(email.trim());
        }}
      >
        <Stack gap="md">
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
            autoFocus
            error={asking.error && problemWords(asProblem(asking.error), t)}
            errorProps={{ role: 'alert' }}
          />
          <Button type="submit" loading={asking.isPending} fullWidth>
            {t('access.ask')}
          </Button>
        </Stack>
      </form>
      <Link to="/login">{t('auth.tryAgain')}</Link>
    </AuthFrame>
  );
}
