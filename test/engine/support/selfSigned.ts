/** A certificate that nobody has signed but itself, and its key: for a server that no client may trust. Of no use elsewhere. */
export const SELF_SIGNED = {
	key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg44MOj2tlr3qzOK2e
rr3xbTaL88S0iHQPRtGLA1jtOnuhRANCAAREtTCatRatdvO1g51aGRsotM/fX1u1
wfPeaZlh/5TZ+aAlZZ++y80Ujpz6ETVpMQsdXjD2fvdqavLY4qRczwv1
-----END PRIVATE KEY-----`,
	cert: `-----BEGIN CERTIFICATE-----
MIIBfzCCASWgAwIBAgIUA6F9kzlV1iUD5LJurBQ1kU6iyUIwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTE1NTMyM1oYDzIxMjYxMDI4
MTU1MzIzWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAREtTCatRatdvO1g51aGRsotM/fX1u1wfPeaZlh/5TZ+aAlZZ++y80U
jpz6ETVpMQsdXjD2fvdqavLY4qRczwv1o1MwUTAdBgNVHQ4EFgQUg6u8LWpCm2jX
HSQU5uRqSfihTdYwHwYDVR0jBBgwFoAUg6u8LWpCm2jXHSQU5uRqSfihTdYwDwYD
VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiB+5fQDGhttUmkLunQLyod7
dRq1+vYPPg8/t4w4SpbQFgIhAODi1ZNB6W6XoNYz0y/RP7ZB/oTlTnkdUor2vBer
DrWE
-----END CERTIFICATE-----`,
};
