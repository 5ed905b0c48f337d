/** A new source, or what may be changed of one: its name, who gets its leads in turn, and a form's questions. */
import { Button, Group, Modal, MultiSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast, toastProblem } from '@/components/toast';
import { asProblem } from '@/lib/api/problem';
import { useBackCloses } from '@/lib/history/back';
import { useTeam } from '@/lib/team/team';
import { QuestionsEditor } from './QuestionsEditor';
import { addSource, changeSource, sourcesKey, type FormSettings, type Source } from './queries';

const KINDS = ['form', 'hook', 'page'] as const;
type Kind = (typeof KINDS)[number];

interface Props {
  readonly source: Source | null;
  readonly onClose: () => void;
  readonly onSecret: (secret: string) => void;
}

export function SourceForm({ source, onClose, onSecret }: Props) {
  const { t, i18n } = useTranslation();
  useBackCloses(true, onClose);
  const cache = useQueryClient();
  const team = useTeam();
  const phone = useMediaQuery('(max-width: 767px)', false, { getInitialValueInEffect: false });
  const [kind, setKind] = useState<Kind>(source?.kind ?? 'form');
  const [name, setName] = useState(source?.name ?? '');
  const [pageId, setPageId] = useState(source?.page_id ?? '');
  const [owners, setOwners] = useState((source?.owner_ids ?? []).map(String));
  const [form, setForm] = useState<FormSettings>(
    () =>
      source?.form ?? {
        language: i18n.language === 'en' || i18n.language === 'pt' ? i18n.language : 'es',
        title: t('forms.first.title'),
        intro: '',
        thanks: '',
        consent: t('forms.first.consent'),
        fields: [
          { key: 'full_name', label: t('forms.first.name'), required: true, options: [] },
          { key: 'phone', label: t('forms.first.phone'), required: true, options: [] },
          { key: 'email', label: t('forms.first.email'), required: false, options: [] },
        ],
      },
  );
  const saving = useMutation({
    mutationFn: async () => {
      const asked = kind === 'form' ? { form } : {};
      const owner_ids = owners.map(Number);
      if (source) {
        await changeSource(source.id, { name, owner_ids, ...asked });
        return null;
      }
      const made = await addSource({ kind, name, ...asked, ...(kind === 'page' && { page_id: pageId }) });
      if (owner_ids.length > 0) await changeSource(made.source.id, { owner_ids });
      return made.secret;
    },
    onSuccess: (secret) => {
      onClose();
      if (secret) onSecret(secret);
      else toast(t('forms.saved', { name }));
    },
    onError: (error) => {
      if (asProblem(error).code !== 'page_taken') toastProblem(error);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: sourcesKey }),
  });
  const taken = saving.isError && asProblem(saving.error).code === 'page_taken';
  const asksRight = form.title.trim() !== '' && form.fields.length > 0 && form.fields.every(({ label }) => label.trim() !== '');
  const good = name.trim() !== '' && (kind !== 'page' || /^[0-9]{1,32}$/.test(pageId)) && (kind !== 'form' || asksRight);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (good) saving.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={source ? t('forms.editing') : t('forms.adding')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {!source && (
            <div>
              <SegmentedControl
                fullWidth
                orientation={phone ? 'vertical' : 'horizontal'}
                aria-label={t('forms.kindLabel')}
                value={kind}
                data={KINDS.map((value) => ({ value, label: t(`forms.kind.${value}`) }))}
                onChange={(value) => setKind(KINDS.find((known) => known === value) ?? 'form')}
              />
              <Text size="sm" c="var(--nx-text2)" mt="xs">
                {t(`forms.kindMeans.${kind}`)}
              </Text>
            </div>
          )}
          <TextInput data-autofocus label={t('forms.field.name')} description={t('forms.nameMeans')} value={name} maxLength={80} onChange={(event) => setName(event.currentTarget.value)} />
          {kind === 'page' && !source && (
            <TextInput
              label={t('forms.field.page')}
              description={t('forms.pageMeans')}
              inputMode="numeric"
              value={pageId}
              maxLength={32}
              error={taken && t('forms.pageTaken')}
              onChange={(event) => setPageId(event.currentTarget.value.trim())}
            />
          )}
          <MultiSelect
            label={t('forms.field.owners')}
            description={t('forms.ownersMean')}
            data={team.map((member) => ({ value: String(member.id), label: member.name }))}
            value={owners}
            onChange={setOwners}
            hidePickedOptions
            searchable
          />
          {kind === 'form' && <QuestionsEditor form={form} onChange={setForm} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('forms.cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!good}>
              {source ? t('forms.save') : t('forms.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
