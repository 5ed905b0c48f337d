/** An invitation by the ceo: who accepts chooses a password and is in. */
import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { noteSignedIn } from '@/lib/session/session';
import { AuthFrame } from './AuthFrame';
import { ChoosePassword } from './ChoosePassword';
import { login } from './queries';

export function InvitationPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const navigate = useNavigate();
  return (
    <AuthFrame title={t('access.invited')}>
      <ChoosePassword
        purpose="invitation"
        action={t('access.accept')}
        greeting={({ name, company, role }) => (
          <Text c="var(--nx-text2)">{t('access.invitedHint', { name, company, role: t(`role.${role ?? 'setter'}`) })}</Text>
        )}
        wayOut={
          <>
            <Text role="alert">{t('access.invitationOver')}</Text>
            <Button component={Link} to="/login" variant="default">
              {t('auth.toLogin')}
            </Button>
          </>
        }
        onDone={async (email, password) => {
          try {
            await login({ email, password });
          } catch {
            await navigate({ to: '/login', replace: true }); // the account is there: its door says what is wrong
            return;
          }
          cache.clear();
          noteSignedIn();
          await navigate({ href: '/', replace: true });
        }}
      />
    </AuthFrame>
  );
}
