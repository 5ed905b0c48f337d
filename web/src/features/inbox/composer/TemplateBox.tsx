/** The window is shut: the box is the template picker, filled as far as the lead is known (UI §4). Its code comes then. */
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { TemplateForm } from '@/components/TemplateForm';
import { toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { changeCard } from '@/features/inbox/cards';
import { withMessage } from '@/features/inbox/live';
import { enterMessage } from '@/features/inbox/messages';
import { api, bodyOf } from '@/lib/api/client';
import { asProblem } from '@/lib/api/problem';
import { flawsOf, offeredInQuery, type Values } from '@/lib/templates/templates';
import styles from './Composer.module.css';

interface Props {
  readonly conversation: number;
  /** Whether the person has ever written: the words must not speak of a message that there was not. */
  readonly written: boolean;
  readonly offline: boolean;
  readonly onNote: () => void;
}

interface Wanted {
  readonly template_id: number;
  readonly values: Values;
}

export default function TemplateBox({ conversation, written, offline, onNote }: Props) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = useQuery(offeredInQuery(conversation));
  const [key, setKey] = useState(() => crypto.randomUUID());
  const sending = useMutation({
    mutationFn: async (body: Wanted) =>
      bodyOf(
        await api.POST('/chat/conversations/{conversation_id}/templates', {
          params: { path: { conversation_id: conversation }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: (message) => {
      enterMessage(cache, conversation, message);
      changeCard(cache, conversation, (row) => withMessage(row, message));
      setKey(crypto.randomUUID());
    },
    onError: (error) => {
      if (asProblem(error).status > 0) setKey(crypto.randomUUID()); // refused: nothing of it was stored
      toastProblem(error);
    },
  });
  return (
    <div className={styles['templates']}>
      <p className={styles['shut']} role="note">
        <span>{written ? t('templates.windowShut') : t('templates.neverWrote')}</span>
        <Button size="compact-sm" variant="default" onClick={onNote}>
          {t('inbox.writeNote')}
        </Button>
      </p>
      {query.isPending && <Waiting rows={2} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data?.items.length === 0 && <p>{t('templates.noneToSend')}</p>}
      {query.data && query.data.items.length > 0 && (
        <TemplateForm
          offered={query.data.items}
          sending={sending.isPending}
          disabled={offline}
          refused={sending.error ? flawsOf(asProblem(sending.error)) : {}}
          onSend={(template_id, values) => sending.mutate({ template_id, values })}
        />
      )}
    </div>
  );
}
