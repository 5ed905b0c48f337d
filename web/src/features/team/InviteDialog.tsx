/** Whom to invite, and as what; afterwards the link to hand over, where it does not leave by mail. */
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemWords } from '@/components/problemWords';
import { toast } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { invitationsKey, invite, INVITED_ROLES, type Invited } from './inviting';

interface Props {
  readonly onClose: () => void;
  readonly onLink: (made: Invited) => void;
}

const OF_EMAIL = ['email_taken', 'already_invited', 'malformed'];

export function InviteDialog({ onClose, onLink }: Props) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<(typeof INVITED_ROLES)[number]>('setter');
  const inviting = useMutation({
    mutationFn: invite,
    onSuccess: (made) => {
      onClose();
      if (made.issued.link) onLink(made);
      else toast(t('invite.mailed', { email: made.invitation.email }));
    },
    onSettled: () => cache.invalidateQueries({ queryKey: invitationsKey }),
  });
  const problem = inviting.error && asProblem(inviting.error);
  const words = problem && problemWords(problem, t);
  const ofEmail = problem ? OF_EMAIL.includes(problem.code) : false;
  return (
    <Modal opened onClose={onClose} title={t('invite.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          inviting.mutate({ name: name.trim(), email: email.trim(), role });
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('auth.name')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            autoComplete="off"
            maxLength={200}
            required
            withAsterisk={false}
            data-autofocus
          />
          <TextInput
            label={t('auth.email')}
            type="email"
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={254}
            required
            withAsterisk={false}
            error={ofEmail && words}
            errorProps={{ role: 'alert' }}
          />
          <Select
            label={t('invite.role')}
            data={INVITED_ROLES.map((value) => ({ value, label: t(`role.${value}`) }))}
            value={role}
            onChange={(value) => value && setRole(value)}
            allowDeselect={false}
          />
          {problem && !ofEmail && <p role="alert">{words}</p>}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={inviting.isPending}>
              {t('invite.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
