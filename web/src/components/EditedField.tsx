/** A field that is edited where it stands: saved when left, or by Enter; Escape gives it back. */
import { Textarea, TextInput } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly label: string;
  readonly value: string | null;
  /** How the value is read while nobody edits it. */
  readonly shown?: string | null;
  readonly writable: boolean;
  readonly lines?: number;
  readonly onSave: (value: string | null) => void;
}

export function EditedField({ label, value, shown = null, writable, lines = 1, onSave }: Props) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<string | null>(null);
  const [editing, setEditing] = useState(false);
  const save = () => {
    const wanted = draft?.trim() || null;
    if (draft !== null && wanted !== value) onSave(wanted);
    setDraft(null);
  };
  const shared = {
    label,
    value: draft ?? (editing ? value : (shown ?? value)) ?? '',
    placeholder: writable ? t('leads.add') : '',
    readOnly: !writable,
    onFocus: () => setEditing(writable),
    onBlur: () => {
      setEditing(false);
      save();
    },
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => setDraft(event.currentTarget.value),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key === 'Escape') setDraft(null);
      if (event.key === 'Enter' && lines === 1) event.currentTarget.blur();
    },
  };
  return lines > 1 ? <Textarea {...shared} autosize minRows={lines} /> : <TextInput {...shared} />;
}
