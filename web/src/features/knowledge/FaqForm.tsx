/** One question and its answer: new, known already, or learned and to be approved. */
import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { useBackCloses } from '@/lib/history/back';
import { knowledgeKey } from './keys';
import { approve, documentQuery, keepFaq, type Faq, type Question } from './queries';
import { useRefusal } from './refusals';

interface Props {
  readonly id: number | null;
  readonly learned?: Question;
  readonly onClose: () => void;
}

export default function FaqForm({ id, learned, onClose }: Props) {
  useBackCloses(true, onClose);
  const { t } = useTranslation();
  const title = learned ? t('knowledge.approving') : id === null ? t('knowledge.newFaq') : t('knowledge.editFaq');
  const first: Faq = { question: learned?.question ?? '', answer: learned?.answer ?? '' };
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      {id === null ? <Fields first={first} id={null} learned={learned ?? null} onClose={onClose} /> : <Known id={id} onClose={onClose} />}
    </Modal>
  );
}

function Known({ id, onClose }: { readonly id: number; readonly onClose: () => void }) {
  const query = useQuery(documentQuery(id));
  if (query.isError) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (!query.data) return <Waiting rows={3} height={48} />;
  const first = { question: query.data.document.title, answer: query.data.versions[0]?.text ?? '' };
  return <Fields first={first} id={id} learned={null} onClose={onClose} />;
}

interface FieldsProps {
  readonly first: Faq;
  readonly id: number | null;
  readonly learned: Question | null;
  readonly onClose: () => void;
}

function Fields({ first, id, learned, onClose }: FieldsProps) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { words, tell } = useRefusal();
  const [faq, setFaq] = useState(first);
  const saving = useMutation({
    mutationFn: async (body: Faq) => {
      if (learned) await approve(learned.id, body);
      else await keepFaq(id, body);
    },
    onSuccess: () => {
      toast(t('knowledge.saved'));
      onClose();
    },
    onError: (error) => {
      if (words(error) === null) tell(error);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: knowledgeKey }),
  });
  const good = faq.question.trim().length >= 3 && faq.answer.trim() !== '';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (good) saving.mutate(faq);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextInput
          data-autofocus
          label={t('knowledge.field.question')}
          value={faq.question}
          maxLength={300}
          error={words(saving.error)}
          onChange={(event) => {
            const question = event.currentTarget.value;
            setFaq((before) => ({ ...before, question }));
          }}
        />
        <Textarea
          label={t('knowledge.field.answer')}
          description={learned ? t('knowledge.approvingMeans') : t('knowledge.answerMeans')}
          autosize
          minRows={4}
          maxRows={12}
          value={faq.answer}
          maxLength={1000}
          onChange={(event) => {
            const answer = event.currentTarget.value;
            setFaq((before) => ({ ...before, answer }));
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={!good}>
            {learned ? t('knowledge.approve') : t('knowledge.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
