/** The texts of `consistency.en.ts`, in Vietnamese. */
export const consistencyVi = {
  'history.field.languages': 'các ngôn ngữ',
  'profile.languages': 'Các ngôn ngữ báo cho trang web',
  'profile.languages.hint':
    'Mỗi dòng một ngôn ngữ, ưu tiên nhất ở đầu, ví dụ de-DE. Để trống: theo ngôn ngữ đã chọn. Chromium thêm chính ngôn ngữ đó (de) khi chỉ có bản của một nước (de-AT).',

  'cli.aligned': 'Đã đặt {name} theo {country}: {locale}, {timeZone}, {latitude}, {longitude}.',
  'cli.alignedOthers': 'Nước này còn các múi giờ khác: {zones}',
  'alignment.noProxy':
    '{name} đi ra bằng kết nối của chính máy này: không có lối ra nào để khớp theo.',
  'alignment.unchecked': 'Proxy của {name} chưa được kiểm tra: chưa biết lối ra ở đâu.',
  'alignment.noCountry': 'Không biết {exit} ở nước nào.',
  'alignment.noZone': '{zone} không phải múi giờ của {country}.',
} as const;
