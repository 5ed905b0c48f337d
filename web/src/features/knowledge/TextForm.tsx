/** Words to know: pasted text, Markdown, a page's source, or an address to fetch; also the next version of a text. */
import { Button, Group, Modal, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from '@/components/toast';
import { useBackCloses } from '@/lib/history/back';
import { knowledgeKey } from './keys';
import { addPage, addText, replaceText } from './queries';
import { useRefusal } from './refusals';

interface Props {
  readonly known?: { readonly id: number; readonly title: string; readonly text: string };
  readonly onClose: () => void;
}

export default function TextForm({ known, onClose }: Props) {
  useBackCloses(true, onClose);
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { words, tell } = useRefusal();
  const [way, setWay] = useState<'text' | 'page'>('text');
  const [title, setTitle] = useState(known?.title ?? '');
  const [text, setText] = useState(known?.text ?? '');
  const [url, setUrl] = useState('');
  const saving = useMutation({
    mutationFn: () => (way === 'page' ? addPage(url.trim()) : known ? replaceText(known.id, { title, text }) : addText({ title, text })),
    onSuccess: (kept) => {
      toast(t('knowledge.uploaded', { title: kept.title }));
      onClose();
    },
    onError: (error) => {
      if (words(error) === null) tell(error);
    },
    onSettled: () => cache.invalidateQueries({ queryKey: knowledgeKey }),
  });
  const good = way === 'page' ? /^https?:\/\/\S+$/.test(url.trim()) : title.trim() !== '' && text.trim() !== '';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (good) saving.mutate();
  };
  const refusal = words(saving.error);
  return (
    <Modal opened onClose={onClose} title={known ? t('knowledge.replacing') : t('knowledge.paste')} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {!known && (
            <SegmentedControl
              aria-label={t('knowledge.paste')}
              value={way}
              data={[
                { value: 'text', label: t('knowledge.way.text') },
                { value: 'page', label: t('knowledge.way.page') },
              ]}
              onChange={(value) => setWay(value === 'page' ? 'page' : 'text')}
            />
          )}
          {way === 'page' ? (
            <TextInput
              type="url"
              label={t('knowledge.field.url')}
              description={t('knowledge.urlMeans')}
              placeholder="https://"
              value={url}
              maxLength={1990}
              error={refusal}
              onChange={(event) => setUrl(event.currentTarget.value)}
            />
          ) : (
            <>
              <TextInput data-autofocus label={t('knowledge.field.title')} value={title} maxLength={300} onChange={(event) => setTitle(event.currentTarget.value)} />
              <Textarea
                label={t('knowledge.field.text')}
                description={t('knowledge.textMeans')}
                autosize
                minRows={8}
                maxRows={18}
                value={text}
                maxLength={400_000}
                error={refusal}
                onChange={(event) => setText(event.currentTarget.value)}
              />
            </>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending} disabled={!good}>
              {t('knowledge.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
