/** The first word to a lead, by template, from whichever of the company's numbers it belongs to. */
import { Modal, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { problemWords } from '@/components/problemWords';
import { TemplateForm } from '@/components/TemplateForm';
import { Waiting } from '@/components/Waiting';
import { api, bodyOf } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { flawsOf, offeredToQuery, type Values } from '@/lib/templates/templates';

interface Wanted {
  readonly template_id: number;
  readonly values: Values;
}

export default function StartTalk({ lead, onClose }: { readonly lead: number; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useBackCloses(true, onClose);
  const query = useQuery(offeredToQuery(lead));
  const [key] = useState(() => crypto.randomUUID());
  const starting = useMutation({
    mutationFn: async (wanted: Wanted) =>
      bodyOf(
        await api.POST('/chat/conversations', {
          params: { header: { 'Idempotency-Key': key } },
          body: { lead_id: lead, ...wanted },
        }),
      ),
    onSuccess: ({ conversation_id: conversationId }) => {
      onClose();
      void navigate({ to: '/inbox/$conversationId', params: { conversationId }, search: { filter: 'all' } });
    },
  });
  const problem = starting.error ? asProblem(starting.error) : null;
  const offered = query.data?.items ?? [];
  return (
    <Modal opened onClose={onClose} size={760} title={t('leads.byTemplate')} closeButtonProps={{ 'aria-label': t('close') }}>
      {query.isPending && <Waiting rows={4} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && !query.data.reachable && <Text>{t('templates.noAddress')}</Text>}
      {query.data?.reachable && offered.length === 0 && <Text>{t('templates.noneToSend')}</Text>}
      {offered.length > 0 && (
        <TemplateForm
          offered={offered}
          sending={starting.isPending}
          refused={problem ? flawsOf(problem) : {}}
          onSend={(template_id, values) => starting.mutate({ template_id, values })}
        />
      )}
      {problem && (
        <Text role="alert" c="var(--nx-danger-fg)" mt="sm">
          {problemWords(problem, t)}
        </Text>
      )}
    </Modal>
  );
}
