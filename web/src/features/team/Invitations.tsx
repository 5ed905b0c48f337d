/** Whom the ceo has invited and who has not come yet: a new link, or the invitation taken back. */
import { Button, Group, Text, Title } from '@mantine/core';
import { IconClockX, IconMailOff, IconSend, IconUserPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { ErrorBox } from '@/components/ErrorBox';
import { Ago } from '@/components/Time';
import { toast, toastProblem } from '@/components/toast';
import { useCreating } from '@/lib/history/create';
import { useNow } from '@/lib/time/useNow';
import { InviteDialog } from './InviteDialog';
import { invitationsKey, invitationsQuery, invite, isOver, resend, revoke, type Invitation, type Invited } from './inviting';
import { ShownLink } from './ShownLink';
import styles from './Team.module.css';

/** `calm` while somebody waits above: then answering them is the one solid button. */
export function Invitations({ calm }: { readonly calm: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { creating, begin, end } = useCreating();
  const [made, setMade] = useState<Invited | null>(null);
  const query = useQuery(invitationsQuery);
  const acting = useMutation({
    mutationFn: (send: () => Promise<void>) => send(),
    onError: toastProblem,
    onSettled: () => cache.invalidateQueries({ queryKey: invitationsKey }),
  });
  const show = (sent: Invited) => {
    if (sent.issued.link) setMade(sent);
    else toast(t('invite.mailed', { email: sent.invitation.email }));
  };
  const again = (invitation: Invitation) => acting.mutate(async () => show(await resend(invitation.id)));
  const takeBack = (invitation: Invitation) => {
    cache.setQueryData(invitationsKey, (known?: readonly Invitation[]) => known?.filter(({ id }) => id !== invitation.id));
    acting.mutate(async () => {
      await revoke(invitation.id);
      const { email, name, role } = invitation;
      if (role === 'ceo') return;
      toast(t('invite.revoked', { name }), () => acting.mutate(async () => show(await invite({ email, name, role }))));
    });
  };
  const open = query.data ?? [];
  return (
    <section aria-labelledby="team-invitations">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="team-invitations">
          {t('invite.heading')}
        </Title>
        <Button variant={calm ? 'default' : 'filled'} leftSection={<IconUserPlus size={16} aria-hidden />} onClick={begin}>
          {t('invite.open')}
        </Button>
      </Group>
      {query.isError && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.isSuccess && open.length === 0 && <Text c="var(--nx-text2)">{t('invite.none')}</Text>}
      <ul className={styles['cards']}>
        {open.map((invitation) => (
          <Row key={invitation.id} invitation={invitation} onAgain={() => again(invitation)} onRevoke={() => takeBack(invitation)} />
        ))}
      </ul>
      {creating && <InviteDialog onClose={end} onLink={setMade} />}
      {made?.issued.link && (
        <ShownLink
          link={made.issued.link}
          title={t('invite.linkTitle', { name: made.invitation.name })}
          hint={t('invite.linkHint', { name: made.invitation.name })}
          onClose={() => setMade(null)}
        />
      )}
    </section>
  );
}

interface RowProps {
  readonly invitation: Invitation;
  readonly onAgain: () => void;
  readonly onRevoke: () => void;
}

function Row({ invitation, onAgain, onRevoke }: RowProps) {
  const { t } = useTranslation();
  const { name, email, role, mail, created_at } = invitation;
  return (
    <li className={styles['card']}>
      <span className={styles['who']}>
        <strong>{name}</strong>
        <span className={styles['email']}>{email}</span>
      </span>
      <span className={styles['asked']}>
        {t('invite.as', { role: t(`role.${role}`) })} · <Ago at={created_at} /> <State invitation={invitation} />
      </span>
      <Group gap="sm" wrap="nowrap" className={styles['answers']}>
        <Button variant="default" onClick={onAgain} aria-label={mail === null ? t('invite.newLinkFor', { name }) : t('invite.againFor', { name })}>
          {mail === null ? t('invite.newLink') : t('invite.again')}
        </Button>
        <Button variant="subtle" color="danger" onClick={onRevoke} aria-label={t('invite.revokeFor', { name })}>
          {t('invite.revoke')}
        </Button>
      </Group>
    </li>
  );
}

function State({ invitation }: { readonly invitation: Invitation }) {
  const { t } = useTranslation();
  const now = useNow();
  if (invitation.mail === 'refused') {
    return (
      <Badge meaning="danger" icon={<IconMailOff size={14} aria-hidden />}>
        {t('invite.refused')}
      </Badge>
    );
  }
  if (isOver(invitation, now)) {
    return (
      <Badge meaning="note" icon={<IconClockX size={14} aria-hidden />}>
        {t('invite.over')}
      </Badge>
    );
  }
  if (invitation.mail !== 'waiting') return null;
  return (
    <Badge meaning="muted" icon={<IconSend size={14} aria-hidden />}>
      {t('invite.waiting')}
    </Badge>
  );
}
