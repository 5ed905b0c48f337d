/** The company wants a second factor, and this account has none: all there is to do is to set one up, or to leave. */
import { Button, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toastProblem } from '@/components/toast';
import { meQuery } from '@/lib/session/session';
import { AuthFrame } from '@/features/auth/AuthFrame';
import { logout } from '@/features/auth/queries';
import { Enrol } from './Enrol';

export function ProtectPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { next } = useSearch({ from: '/protect' });
  const enter = async () => {
    await cache.refetchQueries({ queryKey: meQuery.queryKey });
    await navigate({ href: next ?? '/', replace: true });
  };
  const leaving = useMutation({
    mutationFn: logout,
    onSuccess: async () => {
      await navigate({ to: '/login', replace: true });
      cache.clear();
    },
    onError: toastProblem,
  });
  return (
    <AuthFrame title={t('totp.requiredTitle')}>
      <Text c="var(--nx-text2)">{t('totp.required')}</Text>
      <Enrol onDone={() => void enter()} />
      <Button variant="subtle" loading={leaving.isPending} onClick={() => leaving.mutate()}>
        {t('leave')}
      </Button>
    </AuthFrame>
  );
}
