/** A lead's tags: put on by name, made where there is none of that name, taken off by their cross. */
import { Combobox, InputBase, useCombobox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMakeTag } from '@/components/records/makeTag';
import { Tag } from '@/components/records/Tag';
import { toastProblem } from '@/components/toast';
import { placeLeads } from '@/features/leads/place';
import { setTag, type Lead } from '@/features/leads/queries';
import { useTags } from '@/lib/records/tags';
import styles from './Record.module.css';

interface Props {
  readonly lead: Lead;
  readonly writable: boolean;
}

export function Tags({ lead, writable }: Props) {
  const { t } = useTranslation();
  const tags = useTags();
  const { put } = useTagging(lead);
  const on = tags.filter(({ id }) => lead.tag_ids.includes(id));
  return (
    <section className={styles['section']} aria-labelledby="record-tags">
      <h2 id="record-tags">{t('record.tags.title')}</h2>
      {on.length > 0 && (
        <ul className={styles['chips']} aria-label={t('record.tags.title')}>
          {on.map((tag) => (
            <li key={tag.id}>
              <Tag tag={tag} {...(writable && { onRemove: () => put(tag.id, false) })} />
            </li>
          ))}
        </ul>
      )}
      {writable && <AddTag taken={lead.tag_ids} onTag={(id) => put(id, true)} />}
    </section>
  );
}

function AddTag({ taken, onTag }: { readonly taken: readonly number[]; readonly onTag: (id: number) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const box = useCombobox({ onDropdownClose: () => box.resetSelectedOption() });
  const making = useMakeTag(({ id }) => onTag(id));
  const wanted = typed.trim().toLocaleLowerCase();
  const tags = useTags();
  const free = tags.filter(({ id, name }) => !taken.includes(id) && name.toLocaleLowerCase().includes(wanted)).slice(0, 8);
  const known = tags.some(({ name }) => name.toLocaleLowerCase() === wanted);
  const choose = (value: string) => {
    if (value === 'new') making.mutate(typed.trim());
    else onTag(Number(value));
    setTyped('');
    box.closeDropdown();
  };
  return (
    <Combobox store={box} onOptionSubmit={choose}>
      <Combobox.Target>
        <InputBase
          aria-label={t('record.tags.add')}
          placeholder={t('record.tags.add')}
          maxLength={40}
          value={typed}
          onFocus={() => box.openDropdown()}
          onClick={() => box.openDropdown()}
          onBlur={() => box.closeDropdown()}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            box.openDropdown();
            box.selectFirstOption();
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={free.length === 0 && (wanted === '' || known)}>
        <Combobox.Options>
          {free.map((tag) => (
            <Combobox.Option key={tag.id} value={String(tag.id)}>
              <Tag tag={tag} />
            </Combobox.Option>
          ))}
          {wanted !== '' && !known && <Combobox.Option value="new">{t('record.tags.make', { name: typed.trim() })}</Combobox.Option>}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function useTagging(lead: Lead) {
  const cache = useQueryClient();
  const tagging = useMutation({
    mutationFn: ({ id, on }: { readonly id: number; readonly on: boolean }) => setTag(lead.id, id, on),
    onMutate: ({ id, on }) => {
      const tag_ids = on ? [...lead.tag_ids, id].sort((a, b) => a - b) : lead.tag_ids.filter((each) => each !== id);
      placeLeads(cache, [{ ...lead, tag_ids }]);
    },
    onError: (error) => {
      placeLeads(cache, [lead]);
      toastProblem(error);
    },
    onSuccess: (saved) => placeLeads(cache, [saved]),
  });
  return { put: (id: number, on: boolean) => tagging.mutate({ id, on }) };
}
