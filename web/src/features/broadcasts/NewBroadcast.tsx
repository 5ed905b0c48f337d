/** A new broadcast: what, to whom, how fast; whom it reaches and how it reads are seen before anything leaves. */
import { Button, Group, Modal, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from '@/components/ErrorBox';
import { FillFields } from '@/components/FillFields';
import { problemWords } from '@/components/problemWords';
import { toast } from '@/components/toast';
import { Waiting } from '@/components/Waiting';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { templatesQuery, type Template, type Values } from '@/lib/templates/templates';
import styles from './Broadcasts.module.css';
import { broadcastKeys } from './keys';
import { begin, previewQuery, type Filters, type PreviewBody } from './queries';
import { Reach } from './Reach';
import { Segment } from './Segment';

const TYPING_MS = 400;
const USUAL_RATE = 30;
const FASTEST = 600;

export default function NewBroadcast({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  useBackCloses(true, onClose);
  const query = useQuery(templatesQuery);
  const sendable = query.data?.filter((template) => template.sendable) ?? [];
  return (
    <Modal opened onClose={onClose} size={860} title={t('broadcasts.new')} closeButtonProps={{ 'aria-label': t('close') }}>
      {query.isPending && <Waiting rows={5} />}
      {query.isError && !query.data && <ErrorBox error={query.error} retry={() => void query.refetch()} />}
      {query.data && sendable.length === 0 && <Text>{t('templates.noneToSend')}</Text>}
      {sendable.length > 0 && <Form templates={sendable} onClose={onClose} />}
    </Modal>
  );
}

function Form({ templates, onClose }: { readonly templates: readonly Template[]; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [name, setName] = useState('');
  const [templateId, setTemplateId] = useState(templates[0]?.id ?? 0);
  const [fills, setFills] = useState<Readonly<Record<number, Values>>>({});
  const [filters, setFilters] = useState<Partial<Filters>>({});
  const [rate, setRate] = useState(USUAL_RATE);
  const template = templates.find(({ id }) => id === templateId) ?? templates[0];
  const own = fills[templateId] ?? usualFills(template);
  const body: PreviewBody = { template_id: templateId, fills: { ...own }, filters: { unassigned: false, deleted: false, ...filters } };
  const [asked] = useDebouncedValue(body, TYPING_MS);
  const whole = template?.variables.every((variable) => (own[variable.key] ?? '').trim() !== '') ?? false;
  const preview = useQuery(previewQuery(asked, whole && JSON.stringify(asked) === JSON.stringify(body)));
  const reached = preview.data && !preview.data.too_many ? preview.data.reached : 0;
  const beginning = useMutation({
    mutationFn: () => begin({ ...body, name: name.trim(), per_minute: rate }, key),
    onSuccess: (begun) => {
      void cache.invalidateQueries({ queryKey: broadcastKeys.list });
      onClose();
      toast(t('broadcasts.begun', { name: begun.name }));
    },
  });
  if (!template) return null;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        beginning.mutate();
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('broadcasts.name')}
          value={name}
          maxLength={100}
          required
          withAsterisk={false}
          data-autofocus
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('templates.template')}
          data={templates.map(({ id, name: each, language }) => ({ value: String(id), label: `${each} · ${language}` }))}
          value={String(templateId)}
          allowDeselect={false}
          onChange={(value) => value && setTemplateId(Number(value))}
        />
        <FillFields template={template} fills={own} onFills={(next) => setFills({ ...fills, [templateId]: next })} />
        <Segment filters={filters} onFilters={setFilters} />
        <NumberInput
          label={t('broadcasts.perMinute')}
          min={1}
          max={FASTEST}
          allowDecimal={false}
          value={rate}
          onChange={(value) => setRate(Math.min(FASTEST, Math.max(1, Number(value) || 1)))}
        />
      </Stack>
      <Stack gap="sm" className={styles['reach'] ?? ''}>
        <Reach preview={preview.data} asking={preview.isFetching} error={preview.error} whole={whole} rate={rate} />
        {beginning.error && (
          <Text role="alert" c="var(--nx-danger-fg)">
            {problemWords(asProblem(beginning.error), t)}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={beginning.isPending} disabled={name.trim() === '' || reached === 0 || preview.isFetching}>
            {t('broadcasts.begin', { count: reached })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The first variable is most likely the name. */
function usualFills(template: Template | undefined): Values {
  const first = template?.variables.find(({ part }) => part === 'body');
  return first ? { [first.key]: '{{first_name}}' } : {};
}
