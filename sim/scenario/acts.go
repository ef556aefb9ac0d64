package scenario

var (
	atPortal   = []Actor{Citizen, Proxy}
	atTerminal = []Actor{Window, Consultation, Pharmacy}
)

// acts is everything that a step can do.
var acts = []act{
	{actors: []Actor{Insurer}, name: "registerMember", label: "加入者の登録・訂正", lasting: true, method: "PUT", path: "/intermediate/members/{personalInsuredNumber}", with: registerMemberWith{}},
	{actors: []Actor{Insurer}, name: "listMembers", label: "加入者の一覧", method: "GET", path: "/intermediate/members", with: listMembersWith{}},
	{actors: []Actor{Insurer}, name: "showMember", label: "加入者の照会", method: "GET", path: "/intermediate/members/{personalInsuredNumber}", with: memberWith{}},
	{actors: []Actor{Insurer}, name: "setFlags", label: "DVフラグの設定・解除", lasting: true, method: "PATCH", path: "/intermediate/members/{personalInsuredNumber}/flags", with: setFlagsWith{}},
	{actors: []Actor{Insurer}, name: "showFlags", label: "DVフラグの照会", method: "GET", path: "/intermediate/members/{personalInsuredNumber}/flags", with: memberWith{}},
	{actors: []Actor{Insurer}, name: "putCheckup", label: "健診結果の登録", lasting: true, method: "PUT", path: "/intermediate/members/{personalInsuredNumber}/checkups/{checkupId}", with: putCheckupWith{}},

	{actors: []Actor{Agency}, name: "findSubject", label: "機関別符号の取得", method: "POST", path: "/intermediate/subjects", with: findSubjectWith{}},
	{actors: []Actor{Agency}, name: "showSubject", label: "対象者の照会", method: "GET", path: "/intermediate/subjects/{institutionSpecificCode}", with: subjectWith{}},
	{actors: []Actor{Agency}, name: "setSubjectFlag", label: "不開示該当フラグの設定・解除", lasting: true, method: "PATCH", path: "/intermediate/subjects/{institutionSpecificCode}/flags", with: setSubjectFlagWith{}},
	{actors: []Actor{Agency}, name: "inquire", label: "情報照会", method: "POST", path: "/intermediate/inquiries", with: inquireWith{}},

	{actors: []Actor{CardOffice}, name: "suspendCard", label: "カードの一時停止", lasting: true, method: "POST", path: "/jpki/cards/{cardSerial}/suspension", with: cardWith{}},
	{actors: []Actor{CardOffice}, name: "liftSuspension", label: "一時停止の解除", lasting: true, method: "DELETE", path: "/jpki/cards/{cardSerial}/suspension", with: cardWith{}},
	{actors: []Actor{CardOffice}, name: "reissueCard", label: "カードの再交付", lasting: true, method: "POST", path: "/jpki/cards/{cardSerial}/reissue", with: cardWith{}},
	{actors: []Actor{CardOffice}, name: "showCard", label: "カードの照会", method: "GET", path: "/jpki/cards/{cardSerial}", with: cardWith{}},
	{actors: []Actor{CardOffice}, name: "setPin", label: "暗証番号の再設定", lasting: true, method: "POST", path: "/jpki/cards/{cardSerial}/pin", with: setPinWith{}},
	{actors: []Actor{CardOffice}, name: "changeIndividualNumber", label: "個人番号の変更", lasting: true, method: "POST", path: "/jpki/individual-numbers/{individualNumber}/change", with: individualNumberWith{}},

	{actors: atPortal, name: "logIn", label: "ログイン", method: "POST", path: "/mynaportal/sessions", with: logInWith{}, before: enterCard, after: rememberSession},
	{actors: atPortal, name: "register", label: "初回登録", lasting: true, method: "POST", path: "/mynaportal/registration"},
	{actors: atPortal, name: "showRegistration", label: "初回登録の確認", method: "GET", path: "/mynaportal/registration"},
	{actors: atPortal, name: "showSelfInformation", label: "自己情報の閲覧", method: "GET", path: "/mynaportal/self-information", with: principalWith{}},
	{actors: atPortal, name: "showExchangeRecords", label: "やりとり履歴の閲覧", method: "GET", path: "/mynaportal/exchange-records", with: principalWith{}},
	{actors: atPortal, name: "showEligibility", label: "資格情報の閲覧", method: "GET", path: "/mynaportal/eligibility", with: principalWith{}},
	{actors: atPortal, name: "showCheckups", label: "特定健診情報等の閲覧", method: "GET", path: "/mynaportal/checkups", with: principalWith{}},
	{actors: atPortal, name: "showMedicines", label: "薬剤情報の閲覧", method: "GET", path: "/mynaportal/medicines", with: principalWith{}},
	{actors: atPortal, name: "showMedicalExpenses", label: "医療費通知情報の閲覧", method: "GET", path: "/mynaportal/medical-expenses", with: principalWith{}},
	{actors: atPortal, name: "nameProxy", label: "代理人の設定", lasting: true, method: "PUT", path: "/mynaportal/proxies/{portalUserId}", with: proxyWith{}},
	{actors: atPortal, name: "removeProxy", label: "代理人の解除", lasting: true, method: "DELETE", path: "/mynaportal/proxies/{portalUserId}", with: proxyWith{}},
	{actors: atPortal, name: "showProxies", label: "代理人の一覧", method: "GET", path: "/mynaportal/proxies"},
	{actors: atPortal, name: "showPrincipals", label: "代理している人の一覧", method: "GET", path: "/mynaportal/principals"},

	{actors: atTerminal, name: "readCard", label: "カードで資格確認", method: "POST", path: "/terminal/card-reads", with: readCardWith{}, after: rememberCardRead},
	{actors: atTerminal, name: "showMedicines", label: "薬剤情報の閲覧", method: "GET", path: "/terminal/card-reads/{cardReadId}/medicines", with: cardReadWith{}, before: lastCardRead},
	{actors: atTerminal, name: "showCheckups", label: "特定健診情報等の閲覧", method: "GET", path: "/terminal/card-reads/{cardReadId}/checkups", with: cardReadWith{}, before: lastCardRead},
	{actors: atTerminal, name: "checkCertificate", label: "保険証で資格確認", method: "POST", path: "/terminal/certificate-checks", with: checkCertificateWith{}},
	{actors: atTerminal, name: "putReferenceNumber", label: "照会番号の登録", lasting: true, method: "PUT", path: "/terminal/reference-numbers", with: putReferenceNumberWith{}},

	{actors: []Actor{Disaster}, name: "search", label: "氏名等で検索", method: "POST", path: "/disaster/searches", with: searchWith{}, after: rememberCandidate},
	{actors: []Actor{Disaster}, name: "openCandidate", label: "候補者の資格確認", method: "GET", path: "/disaster/candidates/{candidateId}", with: candidateWith{}, before: lastCandidate},
	{actors: []Actor{Disaster}, name: "consent", label: "口頭同意の登録", method: "POST", path: "/disaster/candidates/{candidateId}/consents", with: consentWith{}, before: lastCandidate},
	{actors: []Actor{Disaster}, name: "showMedicines", label: "薬剤情報の閲覧", method: "GET", path: "/disaster/candidates/{candidateId}/medicines", with: candidateWith{}, before: lastCandidate},
	{actors: []Actor{Disaster}, name: "showCheckups", label: "特定健診情報等の閲覧", method: "GET", path: "/disaster/candidates/{candidateId}/checkups", with: candidateWith{}, before: lastCandidate},

	{actors: []Actor{Time}, name: "setClock", label: "時刻を合わせる", method: "PUT", path: "/worlds/{world}/clock", with: setClockWith{}},
	{actors: []Actor{Time}, name: "advanceClock", label: "時間が経つ", method: "POST", path: "/worlds/{world}/clock/advance", with: advanceClockWith{}},

	{actors: []Actor{Operator}, name: "setMode", label: "運用状態の切替", method: "PUT", path: "/worlds/{world}/mode", with: setModeWith{}},
	{actors: []Actor{Operator}, name: "putPerson", label: "人の登録・訂正", method: "PUT", path: "/worlds/{world}/persons/{id}", with: putPersonWith{}},
	{actors: []Actor{Operator}, name: "putRecords", label: "健診・薬剤・医療費の登録", method: "PUT", path: "/worlds/{world}/persons/{id}/records", with: putRecordsWith{}},
	{actors: []Actor{Operator}, name: "explain", label: "判定理由の確認", method: "GET", path: "/worlds/{world}/persons/{id}/disclosure", with: personWith{}},
}
