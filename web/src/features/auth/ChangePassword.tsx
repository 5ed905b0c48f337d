/** One's own password, for whoever knows the old one: the other sessions end. */
import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PasswordField } from '@/components/PasswordField';
import { problemWords } from '@/components/problemWords';
import { toast } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useMe } from '@/lib/session/session';
import styles from './AuthFrame.module.css';
import { changePassword } from './link';
import { sessionsQuery } from './queries';

export function ChangePassword() {
  const { t } = useTranslation();
  const me = useMe();
  const cache = useQueryClient();
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const changing = useMutation({
    mutationFn: () => changePassword({ old, new: fresh }),
    onSuccess: () => {
      setOld('');
      setFresh('');
      toast(t('access.ownChanged'));
      void cache.invalidateQueries({ queryKey: sessionsQuery.queryKey });
    },
  });
  const problem = changing.error && asProblem(changing.error);
  const words = problem && problemWords(problem, t);
  return (
    <section aria-labelledby="own-password">
      <Title order={2} id="own-password" mb="xs">
        {t('access.own')}
      </Title>
      <Text c="var(--nx-text2)" mb="sm">
        {t('access.ownHint')}
      </Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          changing.mutate();
        }}
      >
        <Stack gap="md" maw={400}>
          <input type="email" name="email" value={me.user.email} autoComplete="username" readOnly hidden />
          <PasswordField
            name="old"
            label={t('access.oldPassword')}
            value={old}
            onChange={(event) => setOld(event.currentTarget.value)}
            autoComplete="current-password"
            required
            withAsterisk={false}
            error={problem?.code === 'wrong_password' && words}
            errorProps={{ role: 'alert' }}
          />
          <PasswordField
            name="new"
            label={t('access.newPassword')}
            description={t('auth.passwordHint')}
            value={fresh}
            onChange={(event) => setFresh(event.currentTarget.value)}
            autoComplete="new-password"
            maxLength={128}
            required
            withAsterisk={false}
            error={problem?.code === 'weak_password' && words}
            errorProps={{ role: 'alert' }}
          />
          {problem && !['wrong_password', 'weak_password'].includes(problem.code) && (
            <p role="alert" className={styles['error']}>
              {words}
            </p>
          )}
          <Group>
            <Button type="submit" variant="default" loading={changing.isPending}>
              {t('access.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </section>
  );
}
