package windows

import "context"

// nativeSecurityProducts asks through WMI. It may hang; see askCenter.
func nativeSecurityProducts(ctx context.Context) ([]ProductRecord, error) {
	rows, err := queryWMI(ctx, `root\SecurityCenter2`, "AntiVirusProduct", "displayName", "productState")
	if err != nil {
		return nil, err
	}
	var list []ProductRecord
	for _, row := range rows {
		var p ProductRecord
		p.Name, _ = row[0].(string)
		if state, ok := row[1].(int32); ok { // automation has no type for a uint32
			p.State = new(uint32(state))
		}
		list = append(list, p)
	}
	return list, nil
}
