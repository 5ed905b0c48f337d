/** Whose public holidays are kept: a country that the server knows, and a region of it where they differ. */
import { Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { holidaysQuery } from './queries';
import { countryName } from './words';

interface Props extends Pick<SelectProps, 'label' | 'description' | 'error' | 'inputWrapperOrder'> {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

const THIS_YEAR = new Date().getFullYear();

export function HolidayCountry({ value, onValue, ...shared }: Props) {
  const { t, i18n } = useTranslation();
  const countries = useQuery(holidaysQuery(THIS_YEAR)).data?.countries;
  const data = useMemo(() => {
    const codes = countries ?? (value === '' ? [] : [value]);
    const named = codes.map((code) => ({ value: code, label: countryName(code, i18n.language) }));
    return [{ value: '', label: t('settings.holidays.nobody') }, ...named.toSorted((a, b) => a.label.localeCompare(b.label, i18n.language))];
  }, [countries, value, t, i18n.language]);
  return <Chooser {...shared} data={data} value={value} onValue={onValue} />;
}

export function HolidayRegion({ country, value, onValue, ...shared }: Props & { readonly country: string }) {
  const { t } = useTranslation();
  const regions = useQuery({ ...holidaysQuery(THIS_YEAR, country), enabled: country !== '' }).data?.regions ?? [];
  if (country === '' || (regions.length === 0 && value === '')) return null;
  const known = regions.some(({ code }) => code === value) || value === '' ? regions : [{ code: value, name: value }, ...regions];
  const data = [{ value: '', label: t('settings.holidays.wholeCountry') }, ...known.map(({ code, name }) => ({ value: code, label: name }))];
  return <Chooser {...shared} data={data} value={value} onValue={onValue} />;
}

function Chooser({ data, value, onValue, ...shared }: Props & { readonly data: { value: string; label: string }[] }) {
  return (
    <Select
      {...shared}
      data={data}
      value={value}
      searchable
      allowDeselect={false}
      limit={500}
      onChange={(chosen) => {
        if (chosen !== null) onValue(chosen);
      }}
    />
  );
}
