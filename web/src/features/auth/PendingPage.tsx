/** «Tu cuenta espera la aprobación de tu empresa.» */
import { Button, Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AuthFrame } from './AuthFrame';

export function PendingPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <AuthFrame title={t('auth.pending')}>
      <Text c="var(--nx-text2)">{t('auth.pendingHint')}</Text>
      <Button variant="default" onClick={() => void navigate({ to: '/login' })}>
        {t('auth.tryAgain')}
      </Button>
    </AuthFrame>
  );
}
