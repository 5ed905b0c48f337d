/** Where each answer of Meta's forms goes: a field of the lead, one of the company's own, or beside the lead. */
import { Button, Group, Select, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/Empty';
import { ErrorBox } from '@/components/ErrorBox';
import { toast, toastProblem } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { useFields } from '@/lib/records/fields';
import styles from './Forms.module.css';
import { changeSource, questionsQuery, type Question, type Source } from './queries';

const OF_A_LEAD = ['full_name', 'phone', 'email', 'company', 'need'] as const;

const mappingOf = (questions: readonly Question[]): Record<string, string> =>
  Object.fromEntries(questions.map(({ question, target }) => [question, target]));

export function MappingEditor({ source, writable }: { readonly source: Source; readonly writable: boolean }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const fields = useFields();
  const asked = questionsQuery(source.id);
  const query = useQuery(asked);
  const questions = query.data ?? [];
  const saving = useMutation({
    mutationFn: ({ mapping }: { readonly mapping: Record<string, string>; readonly undo?: boolean }) => changeSource(source.id, { mapping }),
    onMutate: async ({ mapping }) => {
      await cache.cancelQueries({ queryKey: asked.queryKey });
      const before = cache.getQueryData(asked.queryKey) ?? [];
      cache.setQueryData(asked.queryKey, before.map((one) => ({ ...one, target: mapping[one.question] ?? one.target })));
      return { before };
    },
    onSuccess: (_, { undo }, { before }) =>
      undo ? undefined : toast(t('forms.mapping.saved'), () => saving.mutate({ mapping: mappingOf(before), undo: true })),
    onError: (error, _, kept) => {
      if (kept) cache.setQueryData(asked.queryKey, kept.before);
      toastProblem(error);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: asked.queryKey }),
  });
  const targets = [
    { value: 'answer', label: t('forms.mapping.answer') },
    ...OF_A_LEAD.map((value) => ({ value, label: t(`forms.goes.${value}`) })),
    ...fields.map(({ key, label }) => ({ value: `custom:${key}`, label })),
  ];
  const better = questions.filter(({ target, suggested }) => target === 'answer' && suggested !== 'answer');
  const suggest = () =>
    saving.mutate({ mapping: { ...mappingOf(questions), ...Object.fromEntries(better.map(({ question, suggested }) => [question, suggested])) } });
  if (query.isPending) return <Waiting rows={2} height={56} />;
  if (query.isError) return <ErrorBox error={query.error} retry={() => void query.refetch()} />;
  if (questions.length === 0) return <Empty>{t('forms.mapping.none')}</Empty>;
  return (
    <div className={styles['share']}>
      <Text size="sm" c="var(--nx-text2)">
        {t('forms.mapping.about')}
      </Text>
      {writable && better.length > 0 && (
        <Group>
          <Button variant="default" loading={saving.isPending} onClick={suggest}>
            {t('forms.mapping.suggest', { count: better.length })}
          </Button>
        </Group>
      )}
      {questions.map(({ question, target, example }) => (
        <Select
          key={question}
          label={question}
          description={example ? t('forms.mapping.example', { text: example }) : undefined}
          data={targets.some(({ value }) => value === target) ? targets : [...targets, { value: target, label: t('forms.mapping.archived') }]}
          value={target}
          allowDeselect={false}
          disabled={!writable}
          onChange={(value) => value && saving.mutate({ mapping: { ...mappingOf(questions), [question]: value } })}
        />
      ))}
    </div>
  );
}
