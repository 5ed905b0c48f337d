/** A new password by a link: from a mail, or made by the ceo. Logging in is the next step, with all that it asks for. */
import { Button, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AuthFrame } from './AuthFrame';
import { ChoosePassword } from './ChoosePassword';

export function ResetPage() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [done, setDone] = useState(false);
  if (done) {
    return (
      <AuthFrame title={t('access.changed')}>
        <Text role="status" c="var(--nx-text2)">
          {t('access.changedHint')}
        </Text>
        <Button component={Link} to="/login">
          {t('auth.enter')}
        </Button>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t('access.reset')}>
      <ChoosePassword
        purpose="reset"
        action={t('access.save')}
        greeting={({ company }) => <Text c="var(--nx-text2)">{t('access.resetHint', { company })}</Text>}
        wayOut={
          <>
            <Text role="alert">{t('problem.link_invalid')}</Text>
            <Button component={Link} to="/forgot">
              {t('access.askAgain')}
            </Button>
          </>
        }
        onDone={() => {
          cache.clear(); // every session of that account is over, this window's too
          setDone(true);
        }}
      />
    </AuthFrame>
  );
}
