/** «Tu cuenta espera la aprobación de tu empresa»: after asking, and after a login that came too early. */
import { Button, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { AuthFrame } from './AuthFrame';

export function PendingPage() {
  const { t } = useTranslation();
  const { asked } = useSearch({ from: '/pending' });
  return (
    <AuthFrame title={t('auth.pending')}>
      {asked && (
        <div role="status">
          <Badge meaning="ok" icon={<IconCircleCheck size={16} aria-hidden />}>
            {t('auth.asked')}
          </Badge>
        </div>
      )}
      <Text c="var(--nx-text2)">{t('auth.pendingHint')}</Text>
      <Button component={Link} to="/login" variant="default">
        {t('auth.tryAgain')}
      </Button>
    </AuthFrame>
  );
}
