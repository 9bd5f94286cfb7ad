"""What the code of a case is likely to say, the likeliest last: the preset dictionary of its compression.

Codes on paper depend on every byte of it. It is never changed; another one is another version of the code.
"""

from typing import Final

DICTIONARY: Final = (
    b'"haploidentical","fully-matched","other","MDS-IB","preemptive","chemotherapy":{"last_dose_at":"-","regimen":"H'
    b'A"VA","AA"},"dose_rule":{"reason":"","rule":"lower-volume","set_by":"","gvhd_prophylaxis":"methotrexate","filt'
    b'er":"none","170-260-um","microaggregate","gvhd_prophylaxis_weeks":{"from":"6","to":"8"},"gross":{"unit":"g","v'
    b'alue":""tare":{"unit":"g","value":"4"density":{"unit":"g/mL","value":"1.0"unit":"10*6/mL","unit":"10*6/L","uni'
    b't":"10*3/uL"unit":"/uL","unit":"[lb_av]","unit":"mg/dL","unit":"ukat/L","local_id":","unknown","male","nrbc_pe'
    b'r_100_wbc":""processed_after_count":{"from":{"unit":"mL","value":"2"recovery":{"unit":"%","value":"9"to":{"uni'
    b't":"mL","value":"1"recovery":{"cd3":{"unit":"%","value":"8"mnc":{"unit":"%","value":"9"source":"counted":"post'
    b'-thaw","of":"mnc"{"case":{"decisions":[{"at":"2026-","by":"","code":"renal.egfr","reason":"","role":"prescribe'
    b'r"}],"donor":{"abo_rhd":"O Pos","id":"D-","match":"fully-matched"},"exclusions":{"active_uncontrolled_gvhd":"n'
    b'o","investigator_unsuitable":"no","other_trial_within_3_months":"no","severe_infection":"no"},"format":"dlical'
    b'c-case/1","infusion":{"arm":"prophylactic","gvhd_prophylaxis":"ciclosporin","mrd_positive":"no","planned_start'
    b'":"2026-"},"labs":{"alt":{"collected_on":"2026-1","unit":"U/L","upper_limit":"40","value":"3"},"ast":{"collect'
    b'ed_on":"2026-1","unit":"U/L","upper_limit":"40","value":"2"},"bilirubin":{"collected_on":"2026-1","unit":"umol'
    b'/L","upper_limit":"21","value":"1"},"creatinine":{"collected_on":"2026-1","unit":"umol/L","upper_limit":"104",'
    b'"value":"7"},"cystatin_c":{"unit":"mg/L","value":"0."}},"organs":{"active_liver_disease":"no","cardiac_event_w'
    b'ithin_6_months":"no","dialysis":"no","last_cardiac_event_on":"20","long_term_oxygen":"no","lvef":{"method":"ec'
    b'ho-doppler","unit":"%","value":"6"},"nyha_class":"I","portal_hypertension":"no","severe_cirrhosis":"no","spo2"'
    b':{"on_room_air":"yes","unit":"%","value":"97"},"uncontrolled_arrhythmia":"no"},"products":[{"abo_rhd":"A Pos",'
    b'"collected_at":"2026-1T:00+08:00","counted_at":"2026-1T:00+08:00","counts":{"cd3":{"of":"lymphocytes","unit":"'
    b'%","value":"6"},"counted":"pre-freeze","lymphocytes":{"of":"wbc","unit":"%","value":"4"},"mnc":{"of":"wbc","un'
    b'it":"%","value":"7"},"viability":{"applies_to":["mnc","cd3"],"measured":"pre-freeze","unit":"%","value":"9"},"'
    b'wbc":{"multiply_by":"1","unit":"10*9/L","value":"1"}},"din":"A9999","din_check":"P","dmso":{"unit":"%","value"'
    b':"10"},"expires_at":"2026-1T:00+08:00","hematocrit":{"unit":"%","value":"2"},"product_code":"S1","state":"cryo'
    b'preserved","volume":{"unit":"mL","value":"1"},"withheld":{"unit":"mL","value":"7"}},{"abo_rhd":"A Pos","collec'
    b'ted_at":"2026-1T:00+08:00","counted_at":"2026-1T:00+08:00","counts":{"cd3":{"of":"wbc","unit":"%","value":"3"}'
    b',"counted":"fresh","mnc":{"of":"wbc","unit":"%","value":"7"},"viability":{"applies_to":["mnc","cd3"],"measured'
    b'":"fresh","unit":"%","value":"98"},"wbc":{"unit":"10*9/L","value":"2"}},"din":"A9999","din_check":"","expires_'
    b'at":"2026-1T:00+08:00","hematocrit":{"unit":"%","value":"2"},"product_code":"S1","state":"fresh","volume":{"un'
    b'it":"mL","value":"1"},"withheld":{"unit":"mL","value":"7"}}],"protocol":"NCT07319793","recipient":{"abo_rhd":"'
    b'A Pos","allergies":"none known","birth_date":"19","height":{"unit":"cm","value":"1"},"mrn":"00","sex":"female"'
    b',"trial_subject":"S-","weight":{"measured_on":"2026-1","unit":"kg","value":"7"}},"transplant":{"consent":"yes"'
    b',"day_0":"2026-","disease":"AML","marrow_blasts_before_conditioning":{"unit":"%","value":"1"},"mrd_negative_wi'
    b'thin_1_month":"yes","philadelphia_positive":"no","relapse_within_30_days":"no"}},"facts":{"as_of":"2026-1T:00+'
    b'08:00","bags_ml":["3"],"cd3_per_kg":"30000000","digest":"","mnc_per_kg":"75000000","number":"26","protocol":["'
    b'2026-01-06/1",""],"releasable":true,"software":"dlicalc 0.","state":"CHECKED"}}'
)
