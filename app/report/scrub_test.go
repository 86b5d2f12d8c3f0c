package report_test

import (
	"testing"

	"yomitori/app/report"
)

func TestFreeTextIsMasked(t *testing.T) {
	who := report.Personal{User: `CLINIC\taro`, Home: `C:\Users\taro.clinic`, Host: "TAROS-PC.clinic.local"}
	tests := []struct{ name, text, want string }{
		{"user", "held by TARO since morning", "held by «user 1» since morning"},
		{"user in a word", "tarot cards", "tarot cards"},
		{"user before Japanese", "taroのカード", "«user 1»のカード"},
		{"home folder's name", `D:\Profiles\taro.clinic\x`, `D:\Profiles\«user 1»\x`},
		{"path of the user", `open C:\Users\taro\AppData: denied`, `open C:\Users\«user 1»\AppData: denied`},
		{"path of another", `C:\Users\Hanako Suzuki\x`, `C:\Users\«user 1»\x`},
		{"path with slashes", "file:///c:/Users/hanako/x", "file:///c:/Users/«user 1»/x"},
		{"path with yen signs", `C:¥Users¥hanako¥x`, `C:¥Users¥«user 1»¥x`},
		{"escaped path", `"C:\\Users\\hanako\\x"`, `"C:\\Users\\«user 1»\\x"`},
		{"old path", `C:\Documents and Settings\hanako\x`, `C:\Documents and Settings\«user 1»\x`},
		{"device path", `\Device\HarddiskVolume3\Users\hanako\x`, `\Device\HarddiskVolume3\Users\«user 1»\x`},
		{"macOS", "/Users/hanako/Library", "/Users/«user 1»/Library"},
		{"Linux", "stat /home/hanako: denied", "stat /home/«user 1»: denied"},
		{"of everybody", `C:\Users\Public\x /Users/Shared/x`, `C:\Users\Public\x /Users/Shared/x`},
		{"macOS with a blank", "/Users/山田 太郎/Library", "/Users/«user 1»/Library"},
		{"Linux with a wide blank", `stat "/home/山田　花子": denied`, `stat "/home/«user 1»": denied`},
		{"two with blanks", "/Users/Hanako Suzuki:/Users/Jiro Sato/x", "/Users/«user 1»:/Users/«user 2» Sato/x"},
		{"path in a sentence", "/home/hanako and /usr/lib", "/home/«user 1» and /usr/lib"},
		{"page", "https://example.jp/home/index.html", "https://«host 1»/home/index.html"},
		{"share in a URL", "smb://fs01.corp.local/share", "smb://«host 1»/share"},
		{"URL with a name", "ftp://hanako:x@fs01:21/a", "ftp://«user 1»@«host 1»:21/a"},
		{"URL of a file", "file:///etc/hosts", "file:///etc/hosts"},
		{"host with a port", "host fs01.corp.example.jp:8080", "host «host 1»:8080"},
		{"port alone", "via proxy.example.jp:3128", "via «host 1»:3128"},
		{"host asked for", "lookup fs01.corp.example.jp: no such host", "lookup «host 1»: no such host"},
		{"host without a share", `\\fileserver01 not found`, `\\«host 1» not found`},
		{"host", "asked taros-pc, then TAROS-PC.CLINIC.LOCAL", "asked «host 1», then «host 1»"},
		{"another host", `\\SERVER\share`, `\\«host 1»\share`},
		{"mail", "taro@clinic.example.jp", "«mail 1»"},
		{"SID", "of S-1-5-21-111-222-333-1001", "of «sid 1»"},
		{"SID of nobody", "S-1-5-18", "S-1-5-18"},
		{"IPv4", "proxy:192.168.0.5:8080", "proxy:«ip 1»:8080"},
		{"IPv6", "at [2001:db8::1]", "at [«ip 1»]"},
		{"itself", "127.0.0.1 ::1", "127.0.0.1 ::1"},
		{"longer number", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.2"},
		{"version", "130.0.6723.117", "130.0.6723.117"},
		{"time", "12:30:45", "12:30:45"},
		{"device address", "00:1a:2B:3c:4d:5e", "«mac 1»"},
		{"reader's serial number", "ACS ACR39U (RR554-019244) 00 00, YubiKey (0012345678)", "ACS ACR39U («serial 1») 00 00, YubiKey («serial 2»)"},
		{"serial number by name", "S/N: AB-1234", "S/N: «serial 1»"},
		{"model", "SONY PaSoRi (RC-S380) and Debian GNU/Linux 12 (bookworm)", "SONY PaSoRi (RC-S380) and Debian GNU/Linux 12 (bookworm)"},
		{"tokens", "«user 3» and taro", "«user 3» and «user 1»"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			type text struct {
				Text string `share:"plain"`
			}
			if got := report.Masked(who, text{tt.text}).Text; got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// Names of readers end with their serial numbers in many ways.
func TestSerialNumbersOfReadersAreMasked(t *testing.T) {
	type reader struct {
		Name  string `json:"name" share:"plain"`
		Model string `json:"model" share:"plain"`
		Date  string `json:"date" share:"plain"`
	}
	got := report.Masked(report.Personal{}, reader{"SCR3310 21121552402345", "ACR122U-12345678", "20261120"})
	if want := (reader{"SCR3310 «serial 1»", "ACR122U-«serial 2»", "20261120"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// A name that is a word of every report cannot be left out of it, and tells
// nobody anything.
func TestNamesOfNobodyStay(t *testing.T) {
	type text struct {
		Text string `share:"plain"`
	}
	const said = "CN=Root CA, a user at localhost: ab"
	who := report.Personal{User: "root", Home: "/home/ab", Host: "localhost"}
	if got := report.Masked(who, text{said}).Text; got != said {
		t.Errorf("got %s", got)
	}
}

func TestVersionsAreNoAddresses(t *testing.T) {
	type program struct {
		Version string `json:"version" share:"plain"`
		Name    string `json:"name" share:"plain"`
	}
	got := report.Masked(report.Personal{}, program{"1.0.0.8", "at 1.0.0.8"})
	if want := (program{"1.0.0.8", "at «ip 1»"}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
