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
  'alignment.mixed': 'Nhóm proxy đi ra ở nhiều nước ({countries}): không có nước nào để khớp theo.',
  'alignment.noZone': '{zone} không phải múi giờ của {country}.',
  'contradiction.localeNotListed':
    'Trang được báo là đọc {first}, trong khi định dạng là của {locale}, vốn không có trong danh sách.',
  'contradiction.localeNotFirst': 'Ngôn ngữ là {locale} nhưng {first} đứng đầu danh sách.',
  'contradiction.languageHeader':
    'Header Accept-Language được đặt bằng tay thành “{header}”: máy chủ được báo khác với script.',
  'contradiction.mobileWithoutTouch': 'Trang được bố cục như trên điện thoại không chạm được.',
  'contradiction.mobileWide': 'Bố cục như trên điện thoại nhưng trang rộng {width} điểm ảnh.',
  'contradiction.mobileRatio':
    'Điện thoại có hơn {ratio} điểm ảnh thiết bị cho một điểm ảnh của trang.',
  'contradiction.desktopRatio':
    'Chỉ điện thoại mới có tới {ratio} điểm ảnh thiết bị cho một điểm ảnh của trang.',
  'contradiction.mobileUserAgent':
    'Trang được bố cục như trên điện thoại, còn user agent là của máy tính.',
  'contradiction.desktopUserAgent':
    'User agent là của điện thoại, còn trang được bố cục như trên máy tính.',
  'contradiction.placeNotAllowed': 'Đã đặt vị trí nhưng trang không được phép đọc.',
  'contradiction.userAgentSet': 'User agent không phải của chính trình duyệt.',
  'contradiction.localeElsewhere': 'Ngôn ngữ {locale} không phải của {country}, nơi proxy đi ra.',
  'contradiction.timeZoneElsewhere':
    'Giờ ở {timeZone} khác với mọi nơi ở {country}, nơi proxy đi ra.',
  'contradiction.timeZoneForeign':
    '{timeZone} cùng giờ với {country}, nơi proxy đi ra, nhưng ở nước khác.',
  'contradiction.placeElsewhere':
    'Vị trí cách nơi gần nhất được biết ở {country}, nơi proxy đi ra, {distance} km.',
  'contradiction.placeForeign':
    'Vị trí gần nước khác hơn {country}, nơi proxy đi ra: nơi gần nhất được biết ở đó cách {distance} km.',
  'contradiction.notTaken': 'Đặt là {set} nhưng trang đọc được {reported}.',
  'contradiction.differsInside': '{what}: trang đọc được “{page}”, {where} đọc được “{inside}”.',
  'contradiction.headerDiffers': 'Máy chủ nhận được “{header}”, còn script đọc được {scripts}.',
  'contradiction.formatsDiffer':
    'Trang được báo là đọc {first}, trong khi ngày tháng và số được viết theo {locale}.',
  'contradiction.userAgentVersion':
    'User agent nói phiên bản {said}, còn client hints của trình duyệt nói {real}.',
  'contradiction.userAgentSystem': 'User agent nói {said}, còn script đọc được nền tảng là {real}.',
  'contradiction.userAgentBrowser':
    'User agent nói {said}, còn ở mọi chỗ khác trình duyệt nói là Chromium.',
  'contradiction.workerHints':
    'Khi đặt user agent riêng, worker không được báo phiên bản trong client hints.',
  'contradiction.viewportLarger': 'Trang ({viewport}) lớn hơn màn hình ({screen}).',
  'contradiction.webrtcLeak': 'WebRTC đưa ra {address}, không phải nơi proxy đi ra.',
  'contradiction.headless':
    'Khi không có cửa sổ, như trong các lần chạy, user agent nói HeadlessChrome. Khi có cửa sổ thì không.',
  'contradiction.webdriver':
    'Trang được báo rằng có chương trình điều khiển trình duyệt (navigator.webdriver). Warren không che giấu điều đó.',
  'contradiction.where.frame': 'khung của trang khác',
  'contradiction.where.worker': 'worker',
  'contradiction.what.userAgent': 'User agent',
  'contradiction.what.platform': 'Nền tảng',
  'contradiction.what.languages': 'Các ngôn ngữ',
  'contradiction.what.locale': 'Định dạng',
  'contradiction.what.timeZone': 'Múi giờ',
  'severity.severe': 'Mâu thuẫn',
  'severity.odd': 'Bất thường',
  'severity.plain': 'Nên biết',
  'fix.align': 'Khớp với lối ra của proxy',
  'fix.ownUserAgent': 'Dùng user agent của trình duyệt',
  'fix.ownLanguages': 'Dùng theo ngôn ngữ',
  'fix.touch': 'Chạm được',
  'fix.allowPlace': 'Cho phép trang đọc',
  'cli.consistent': '{name} không có gì mâu thuẫn.',
  'session.tab.consistency': 'Nhất quán',
  'consistency.found': 'Những điều không khớp nhau',
  'consistency.found.text':
    'Các thiết lập với nhau, với lối ra của proxy và với điều trình duyệt báo.',
  'consistency.none': 'Theo những gì đã biết, không có gì mâu thuẫn.',
  'consistency.notMeasured': 'Chưa đo trình duyệt: mới chỉ so sánh thiết lập và lối ra.',
  'consistency.changedSince': 'Thiết lập đã đổi sau lần đo. Hãy đo lại để so sánh.',
  'consistency.exit': 'Lối ra của proxy',
  'consistency.exit.text':
    'Theo lần kiểm tra mới nhất, với các bảng đi kèm Warren. Không hỏi ai khác.',
  'consistency.exit.known': 'Lối ra ở {country} ({address}). Kiểm tra: {when}.',
  'consistency.exit.offer':
    'Để khớp: {languages}; {timeZone}; {latitude}, {longitude}. Vị trí là thành phố lớn nhất của múi giờ, sai số {accuracy} km: bảng địa chỉ chỉ biết đến nước.',
  'consistency.measured': 'Đã đặt và được báo',
  'consistency.measured.text':
    'Khi đo, một trình duyệt không cửa sổ được mở với các thiết lập này, không có phiên của hồ sơ và không có mạng.',
  'consistency.measure': 'Đo',
  'consistency.measuring': 'Đang đo …',
  'consistency.setting': 'Thiết lập',
  'consistency.set': 'Đã đặt',
  'consistency.reported': 'Được báo',
  'consistency.line.languages': 'Các ngôn ngữ',
  'consistency.line.header': 'Accept-Language',
  'consistency.line.formats': 'Định dạng',
  'consistency.line.hints': 'Client hints',
  'consistency.line.platform': 'Nền tảng',
  'consistency.line.machine': 'Máy',
  'consistency.line.webrtc': 'WebRTC',
  'consistency.machine': '{cores} bộ xử lý, {memory} GB',
  'consistency.noWebrtc': 'Không có địa chỉ',
  'consistency.refused': 'Không nói',
  'consistency.yes': 'Có',
  'consistency.no': 'Không',
  'profile.viewport.limits':
    'Cửa sổ bạn mở bắt đầu với kích thước này rồi theo kích thước bạn chỉnh. Khi đó màn hình là của chính máy; khi không có cửa sổ, màn hình lớn bằng trang.',
  'profile.locale.hint':
    'Cách viết ngày tháng và số, và điều báo cho trang web. Trình đơn của trình duyệt vẫn theo ngôn ngữ của máy.',
  'profile.deviceScaleFactor.hint':
    'Chỉ khi không có cửa sổ hoặc bố cục như trên điện thoại: nếu không, cửa sổ theo màn hình của nó.',
  'profile.isMobile.hint':
    'Chỉ đổi bố cục. User agent, nền tảng, bộ xử lý và đồ họa vẫn là của máy tính này, và trang web thấy được.',
  'profile.hasTouch.hint': 'Trang được báo là có màn hình cảm ứng; chuột của bạn vẫn là chuột.',
  'profile.place.limits': 'Không đổi nơi đăng ký địa chỉ IP của bạn.',
  'profile.extraHeaders.limits':
    'Header mà trình duyệt tự viết, nhất là Accept-Language, khi đó sẽ mâu thuẫn với điều script đọc được.',
  'profile.unchanged': 'Những gì vẫn là của máy tính này',
  'profile.unchanged.text':
    'Canvas, WebGL, âm thanh, phông chữ, bộ xử lý và bộ nhớ: trình duyệt không có thiết lập cho chúng, Warren không đổi gì. Trang được báo rằng có chương trình điều khiển trình duyệt (navigator.webdriver). Sau proxy, WebRTC không có lối ra riêng.',
} as const;
