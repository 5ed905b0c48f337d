/** How far a lead is from being a client, in the company's own criteria; and which messages its person does not want. */
import { Button, Text } from '@mantine/core';
import { IconBellOff, IconCheck, IconCircleDashed } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Badge } from '@/components/Badge';
import { toast, toastProblem } from '@/components/toast';
import { leadKeys, standingQuery, type Lead } from '@/features/leads/queries';
import { api } from '@/lib/api/client';
import { day } from '@/lib/i18n/format';
import { can, useMe } from '@/lib/session/session';
import styles from './Record.module.css';

export function Standing({ lead }: { readonly lead: Lead }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const cache = useQueryClient();
  const standing = useQuery(standingQuery(lead.id)).data;
  const converting = useMutation({
    mutationFn: () => api.POST('/crm/leads/{lead_id}/convert', { params: { path: { lead_id: lead.id } } }),
    onError: toastProblem,
    onSuccess: () => toast(t('record.client.converted')),
    onSettled: () => cache.invalidateQueries({ queryKey: leadKeys.standing(lead.id) }),
  });
  if (!standing) return null;
  const { asked, missing, client_id: client } = standing;
  const out = standing.opted_out_at ?? standing.marketing_opted_out_at;
  return (
    <section className={styles['section']} aria-labelledby="record-client">
      <h2 id="record-client">{client === null ? t('record.client.title', { held: asked.length - missing.length, count: asked.length }) : t('record.client.is')}</h2>
      {client === null && (
        <ul className={styles['criteria']}>
          {asked.map((criterion) => (
            <li key={criterion} data-held={!missing.includes(criterion)}>
              {missing.includes(criterion) ? <IconCircleDashed size={16} aria-hidden /> : <IconCheck size={16} aria-hidden />}
              {t(`record.client.${criterion}`)}
              {missing.includes(criterion) && <Text span size="sm" c="var(--nx-note-fg)">{t('record.client.lacks')}</Text>}
            </li>
          ))}
        </ul>
      )}
      {client === null && can(me, 'clients.write') && (
        <Button variant="default" disabled={missing.length > 0} loading={converting.isPending} onClick={() => converting.mutate()}>
          {t('record.client.convert')}
        </Button>
      )}
      {out && (
        <p className={styles['out']}>
          <Badge meaning="danger" icon={<IconBellOff size={14} aria-hidden />}>
            {standing.opted_out_at ? t('record.out.all') : t('record.out.marketing')}
          </Badge>
          <Text span size="sm" c="var(--nx-text2)">{day(out, i18n.language)}</Text>
        </p>
      )}
    </section>
  );
}
